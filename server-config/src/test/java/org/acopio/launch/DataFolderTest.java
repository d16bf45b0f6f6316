package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  @Test
  void isMadeWithItsParents() throws IOException {
    Path path = temp.resolve("a b/ñandú");
    try (DataFolder folder = DataFolder.open(path)) {
      assertEquals(path, folder.path());
      assertTrue(Files.isDirectory(folder.log()));
    }
  }

  @Test
  void isHeldByOneServerAtATime() throws IOException {
    try (DataFolder held = DataFolder.open(temp)) {
      StartException refusal =
          assertThrows(StartException.class, () -> DataFolder.open(held.path()));
      assertTrue(
          refusal.getMessage().contains("process " + ProcessHandle.current().pid()),
          refusal::getMessage);
    }
    DataFolder.open(temp).close();
  }

  @Test
  void aFileInItsPlaceIsNamed() throws IOException {
    Path file = Files.createFile(temp.resolve("taken"));
    StartException refusal = assertThrows(StartException.class, () -> DataFolder.open(file));
    assertTrue(refusal.getMessage().contains(file + " is a file"), refusal::getMessage);
  }
}
