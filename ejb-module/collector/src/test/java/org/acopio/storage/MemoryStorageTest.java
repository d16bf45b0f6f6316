package org.acopio.storage;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract on a file system in memory, which shows that no rule hangs on one of the disk's. */
class MemoryStorageTest extends DiskStorageContract {
  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path folder = made(memory.getPath("/work"));

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  Path folder() {
    return folder;
  }

  @Override
  void release() throws IOException {
    memory.close();
  }
}
