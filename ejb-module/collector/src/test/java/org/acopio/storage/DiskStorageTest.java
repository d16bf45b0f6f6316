package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real disk. */
class DiskStorageTest extends DiskStorageContract {
  @TempDir Path folder;

  @Override
  Path folder() {
    return folder;
  }

  @Test
  void settledAndSharedUploadsAgeByTheTimeThatTheDiskKeeps() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"));
    Content content = Content.of(10_000, 1);
    String stored = store(content, "/x.jpg");
    Upload shared = complete(content, "/shared.jpg");
    assertTrue(storage.share(shared, stored));
    Upload settled = complete(Content.of(5_000, 2), "/settled.jpg");
    storage.settle(List.of(settled));
    assertEquals(new RepairReport(2, 15_000, 0, 0, 0, 0, 0, 0), restartInDays(29));
    assertEquals(new RepairReport(0, 0, 0, 0, 2, 15_000, 0, 0), restartInDays(31));
    assertEquals(Set.of(), workingArea());
    assertStored(content, stored);
    assertEquals(Content.MODIFIED, modified(stored));
  }
}
