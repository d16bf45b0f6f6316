package org.acopio.storage;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings of a store on disk.
 *
 * @param folder where it is; made when it is missing
 * @param syncThreads how many files are synced side by side, 1 to 256
 * @param openFiles how many files of uploads are kept open, 16 to 100,000
 */
public record StorageSettings(Path folder, int syncThreads, int openFiles) {
  public static final int DEFAULT_SYNC_THREADS = 16;
  public static final int DEFAULT_OPEN_FILES = 1_024;

  public StorageSettings {
    Objects.requireNonNull(folder, "folder");
    folder = folder.toAbsolutePath().normalize();
    if (syncThreads < 1 || syncThreads > 256) {
      throw new IllegalArgumentException(
          "acopio.store.sync-threads is " + syncThreads + "; it is 1 to 256");
    }
    if (openFiles < 16 || openFiles > 100_000) {
      throw new IllegalArgumentException(
          "acopio.store.open-files is " + openFiles + "; it is 16 to 100000");
    }
  }
}
