package org.acopio.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an H2 file. */
class H2CatalogTest extends IdentityContract {
  @TempDir Path folder;

  @Override
  CatalogSettings freshDatabase() throws Exception {
    Path file = Files.createTempDirectory(folder, "catalog").resolve("catalog");
    return new CatalogSettings("jdbc:h2:file:" + file, "acopio", "secret", 8);
  }
}
