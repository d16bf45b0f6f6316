package org.acopio.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the store does to a disk and can fail on: everything that a receipt rests on goes through
 * here, so that a test can let it fail.
 */
class Disk {
  /** Opens a file of the store; what is written, forced and read again goes through the channel. */
  FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options);
  }

  /** Gives a file a second name. Fails when the name is taken. */
  void link(Path name, Path file) throws IOException {
    Files.createLink(name, file);
  }

  void move(Path from, Path to, CopyOption... options) throws IOException {
    Files.move(from, to, options);
  }

  void delete(Path file) throws IOException {
    Files.delete(file);
  }

  /** Makes the names in a directory survive a loss of power. */
  void sync(Path directory) throws IOException {
    Directories.sync(directory);
  }
}
