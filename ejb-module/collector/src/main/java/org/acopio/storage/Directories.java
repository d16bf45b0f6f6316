package org.acopio.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What directories need beside what {@link java.nio.file.Files} gives. */
final class Directories {
  private static final boolean CAN_SYNC = !System.getProperty("os.name").startsWith("Windows");

  private Directories() {}

  /**
   * Makes the names in a directory survive a loss of power. Windows opens no directory for that;
   * NTFS logs its names itself; a file system in memory has no power to lose.
   */
  static void sync(Path directory) throws IOException {
    if (CAN_SYNC && directory.getFileSystem() == FileSystems.getDefault()) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
