package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names files get where others have names already. */
class FoldersTest {
  private static final String ADDRESS = "192.0.2.1";

  @TempDir Path store;
  private Folders folders;

  @BeforeEach
  void open() {
    folders = new Folders(store, new StoredNames(false, false));
  }

  private Path free(String path, Set<Path> taken) throws IOException {
    return folders.free(ADDRESS, FilePath.of(path), taken, new HashSet<>());
  }

  @Test
  void versionsAreNumberedWithoutAGap() throws IOException {
    Path home = store.resolve(ADDRESS);
    for (int version = 1; version <= 70; version++) {
      String name = version == 1 ? "x.jpg" : "x%v" + version + ".jpg";
      assertEquals(home.resolve(name), Files.createFile(free("/x.jpg", new HashSet<>())));
    }
    Set<Path> group = new HashSet<>();
    for (int version = 71; version <= 140; version++) {
      assertEquals(home.resolve("x%v" + version + ".jpg"), free("/x.jpg", group));
    }
  }

  @Test
  void nameIsFreeWhereSomebodyRemovedFiles() throws IOException {
    for (int version = 1; version <= 40; version++) {
      Files.createFile(free("/x.jpg", new HashSet<>()));
    }
    for (int removed : new int[] {2, 8, 16, 32, 33}) {
      Files.delete(store.resolve(ADDRESS + "/x%v" + removed + ".jpg"));
      assertTrue(Files.notExists(free("/x.jpg", new HashSet<>())));
    }
  }

  /** Two agents behind one address: one has a file where the other has a folder. */
  @Test
  void folderTakesNoNameThatAFileOfItsGroupIsAboutToGet() throws IOException {
    Set<Path> group = new HashSet<>();
    Path file = free("/x", group);
    Path below = free("/x/y.jpg", group);
    Files.createFile(file);
    Files.createFile(below);
    assertEquals(store.resolve(ADDRESS + "/x%v2/y.jpg"), below);
  }
}
