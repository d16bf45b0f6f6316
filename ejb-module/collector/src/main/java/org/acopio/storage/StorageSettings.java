package org.acopio.storage;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings of a store on disk.
 *
 * @param folder where it is; made when it is missing
 * @param syncThreads how many files are synced side by side, 1 to 256
 * @param openFiles how many files of uploads are kept open, 16 to 100,000
 * @param partialDays after how many days on which nothing arrived the start gives an upload up, 0
 *     to 3,650; 0 is never
 * @param directIo whether long runs of bytes go past the system's cache where the disk can
 */
public record StorageSettings(
    Path folder, int syncThreads, int openFiles, int partialDays, boolean directIo) {
  public static final int DEFAULT_SYNC_THREADS = 16;
  public static final int DEFAULT_OPEN_FILES = 1_024;
  public static final int DEFAULT_PARTIAL_DAYS = 30;

  /** With direct writes. */
  public StorageSettings(Path folder, int syncThreads, int openFiles, int partialDays) {
    this(folder, syncThreads, openFiles, partialDays, true);
  }

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
    if (partialDays < 0 || partialDays > 3_650) {
      throw new IllegalArgumentException(
          "acopio.store.partial-days is " + partialDays + "; it is 0 to 3650, and 0 is never");
    }
  }
}
