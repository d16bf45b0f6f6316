package org.acopio.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real disk. */
class DiskStorageTest extends DiskStorageContract {
  @TempDir Path folder;

  @Override
  Path folder() {
    return folder;
  }
}
