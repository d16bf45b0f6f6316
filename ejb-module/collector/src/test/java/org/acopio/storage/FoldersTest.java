package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Before a file with this name is promised, the way to it has to be on the disk. */
  @Test
  void everyDirectoryThatGotANameIsToBeSynced() throws IOException {
    Path home = store.resolve(ADDRESS);
    Set<Path> touched = new HashSet<>();
    Set<Path> taken = new HashSet<>();
    Path first = folders.free(ADDRESS, FilePath.of("/a/x.jpg"), taken, touched);
    assertEquals(Set.of(store, home, home.resolve("a")), touched);
    assertEquals(Set.of(first), taken);
    touched.clear();
    folders.free(ADDRESS, FilePath.of("/a/y.jpg"), taken, touched);
    assertEquals(Set.of(home.resolve("a")), touched);
  }

  @Test
  void aFolderThatSomebodyRemovedIsMadeAgainOnceItIsForgotten() throws IOException {
    Path folder = free("/a/x.jpg", new HashSet<>()).getParent();
    Files.delete(folder);
    free("/a/x.jpg", new HashSet<>());
    assertTrue(Files.notExists(folder), "it is remembered");
    folders.forget();
    free("/a/x.jpg", new HashSet<>());
    assertTrue(Files.isDirectory(folder));
  }

  @Test
  void aLinkIsNoFolderEvenWhenItLeadsToOne() throws IOException {
    assumeTrue(File.separatorChar == '/', "links");
    Path home = Files.createDirectory(store.resolve(ADDRESS));
    Path elsewhere = Files.createDirectory(store.resolve("elsewhere"));
    Files.createSymbolicLink(home.resolve("a"), elsewhere);
    assertEquals(home.resolve("a%v2/x.jpg"), free("/a/x.jpg", new HashSet<>()));
  }

  @Test
  void foldersAreForTheirOwnerAlone() throws IOException {
    assumeTrue(store.getFileSystem().supportedFileAttributeViews().contains("posix"), "rights");
    Path folder = free("/a/x.jpg", new HashSet<>()).getParent();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void aStoredNameLeadsToItsFileAndBack() throws IOException {
    Path file = free("/a/x.jpg", new HashSet<>());
    assertEquals(ADDRESS + "/a/x.jpg", folders.storedAs(file));
    assertEquals(file, folders.resolve(folders.storedAs(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x.jpg", "a/../..", "a/../../x.jpg", "/etc/passwd"})
  void aStoredNameLeadsNowhereElse(String name) {
    assertThrows(IllegalArgumentException.class, () -> folders.resolve(name));
  }
}
