package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void uploadsWhoseAgeTheDiskDoesNotTellAreKept() {
    Content content = Content.of(10_000, 1);
    Upload shared = complete(content, "/shared.jpg");
    assertTrue(storage.share(shared, store(content, "/x.jpg")));
    Upload settled = complete(Content.of(5_000, 2), "/settled.jpg");
    storage.settle(List.of(settled));
    assertEquals(new RepairReport(2, 15_000, 0, 0, 0, 0, 0, 0), restartInDays(10_000));
  }

  @Override
  void release() throws IOException {
    memory.close();
  }
}
