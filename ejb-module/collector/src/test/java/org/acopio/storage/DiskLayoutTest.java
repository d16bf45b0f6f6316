package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.acopio.remote.FilePath;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies where in a store, and what a stranger's hand in it can do. */
class DiskLayoutTest {
  private static final String ADDRESS = "192.0.2.17";

  @TempDir Path folder;
  private DiskStorage storage;

  private DiskStorage open() {
    storage = new DiskStorage(settings());
    storage.repair(numbers -> Set.of(), Optional.empty());
    return storage;
  }

  private StorageSettings settings() {
    return new StorageSettings(folder.resolve("store"), 2, 16, 30);
  }

  private Path in(String name) {
    return folder.resolve("store").resolve(name);
  }

  @AfterEach
  void close() {
    if (storage != null) {
      storage.close();
    }
  }

  private Placed placed(Content content, FilePath path) {
    Upload upload = storage.begin(List.of(content.at(path))).get(0);
    storage.write(List.of(content.piece(upload, 0, content.size())));
    storage.judge(upload, content.digest(), content.partChecksums());
    storage.settle(List.of(upload));
    Placed placed = storage.place(List.of(new Placing(upload, ADDRESS))).get(0);
    if (placed.failure().isEmpty()) {
      storage.done(List.of(upload));
    }
    return placed;
  }

  private String stored(Content content, FilePath path) {
    Placed placed = placed(content, path);
    return placed
        .storedAs()
        .orElseThrow(() -> placed.failure().orElseThrow(IllegalStateException::new));
  }

  private String stored(Content content, String path) {
    return stored(content, FilePath.of(path));
  }

  // ----------------------------------------------------------------- layout

  @Test
  void storeHasItsFoldersAndNothingElse() throws IOException {
    open();
    stored(Content.of(10, 1), "/fotos/a.jpg");
    storage.close();
    try (Stream<Path> all = Files.walk(in(""))) {
      Set<String> names = new TreeSet<>();
      all.filter(Files::isRegularFile)
          .map(file -> in("").relativize(file).toString())
          .forEach(names::add);
      assertEquals(
          Set.of(".acopio/format", ".acopio/lock", ".partial/journal", ADDRESS + "/fotos/a.jpg"),
          names);
    }
  }

  @Test
  void onlyTheOwnerEntersTheStore() throws IOException {
    open();
    stored(Content.of(10, 1), "/fotos/a.jpg");
    for (String name : List.of("", ".acopio", ".partial", ADDRESS, ADDRESS + "/fotos")) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(in(name)),
          name);
    }
  }

  @Test
  void everyPathIsStoredInsideTheClientsFolder() throws IOException {
    open();
    Map<String, Content> contents = new HashMap<>();
    Map<String, FilePath> paths = new HashMap<>();
    long seed = 0;
    for (FilePath path : StoredNamesTest.paths()) {
      Content content = Content.of(20, ++seed);
      String name = stored(content, path);
      assertEquals(null, contents.put(name, content), () -> "stored twice: " + name);
      paths.put(name, path);
    }
    for (String name : contents.keySet()) {
      Path file = in(name).toRealPath();
      assertTrue(file.startsWith(in(ADDRESS).toRealPath()), name);
      assertTrue(Files.isRegularFile(in(name), LinkOption.NOFOLLOW_LINKS), name);
      assertArrayEquals(contents.get(name).bytes(), Files.readAllBytes(in(name)), name);
      assertArrayEquals(contents.get(name).bytes(), storage.read(name, 0, 100), name);
      if (!name.startsWith(ADDRESS + "/%long/")) {
        byte[] path = paths.get(name).bytes();
        byte[] found =
            StoredNamesTest.recovered(List.of(name.substring(ADDRESS.length() + 1).split("/")))
                .bytes();
        int slash = path.length > 1 && path[0] == '/' ? 1 : 0;
        assertArrayEquals(java.util.Arrays.copyOfRange(path, slash, path.length), found, name);
      }
    }
  }

  // ------------------------------------------------------------------ links

  @Test
  void plantedLinkToAFolderIsNotFollowed() throws IOException {
    open();
    stored(Content.of(10, 1), "/a/x.jpg");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(in(ADDRESS + "/b"), outside);
    Content content = Content.of(10, 2);
    String name = stored(content, "/b/x.jpg");
    assertArrayEquals(content.bytes(), storage.read(name, 0, 10));
    assertFalse(in(name).toRealPath().startsWith(outside.toRealPath()));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void plantedLinkWithTheNameOfAFileIsNotFollowed(boolean dangling) throws IOException {
    open();
    stored(Content.of(10, 1), "/a.jpg");
    Path outside = folder.resolve("outside");
    byte[] mine = {1, 2, 3};
    if (!dangling) {
      Files.write(outside, mine);
    }
    Files.createSymbolicLink(in(ADDRESS + "/b.jpg"), outside);
    Content content = Content.of(10, 2);
    String name = stored(content, "/b.jpg");
    assertNotEquals(ADDRESS + "/b.jpg", name);
    assertArrayEquals(content.bytes(), storage.read(name, 0, 10));
    assertEquals(!dangling, Files.exists(outside));
    if (!dangling) {
      assertArrayEquals(mine, Files.readAllBytes(outside));
    }
  }

  @Test
  void linkInPlaceOfAStoredFileIsNotReadThrough() throws IOException {
    open();
    String name = stored(Content.of(10, 1), "/a.jpg");
    Path outside = Files.write(folder.resolve("outside"), new byte[10]);
    Files.delete(in(name));
    Files.createSymbolicLink(in(name), outside);
    assertFalse(storage.holds(name, 10));
    assertThrows(StorageException.class, () -> storage.read(name, 0, 10));
    assertThrows(StorageException.class, () -> storage.open(name, 10));
    assertThrows(StorageException.class, () -> storage.locate(name, 10));
  }

  @Test
  void linkInPlaceOfTheClientsFolderIsNotFollowed() throws IOException {
    open();
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(in(ADDRESS), outside);
    Content content = Content.of(10, 2);
    String name = stored(content, "/x.jpg");
    assertArrayEquals(content.bytes(), storage.read(name, 0, 10));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void linkInPlaceOfAPartialFileIsNotFollowed() throws IOException {
    open();
    Content content = Content.of(10, 2);
    Upload upload = storage.begin(List.of(content.at("/x.jpg"))).get(0);
    Path outside = Files.write(folder.resolve("outside"), new byte[3]);
    Files.createSymbolicLink(
        in(".partial").resolve(String.format("%016x", upload.number())), outside);
    assertTrue(storage.write(List.of(content.piece(upload, 0, 10))).get(0).isPresent());
    assertEquals(3, Files.size(outside));
  }

  @Test
  void folderThatWasTakenAwayByHandIsMadeAgain() throws IOException {
    open();
    String first = stored(Content.of(10, 1), "/a/x.jpg");
    Files.delete(in(first));
    Files.delete(in(ADDRESS + "/a"));
    Content content = Content.of(10, 2);
    if (placed(content, FilePath.of("/a/y.jpg")).failure().isPresent()) {
      assertEquals(ADDRESS + "/a/y.jpg", stored(content, "/a/y.jpg"));
    }
    assertArrayEquals(content.bytes(), storage.read(ADDRESS + "/a/y.jpg", 0, 10));
  }

  // ---------------------------------------------------------- start and lock

  @Test
  void strayFilesInTheWorkingAreaAreDeleted() throws IOException {
    open();
    Content content = Content.of(10, 1);
    Upload upload = storage.begin(List.of(content.at("/x.jpg"))).get(0);
    storage.write(List.of(content.piece(upload, 0, 5)));
    storage.close();
    for (String name : List.of("0000000000000001", "0000000000000001.same", "journal.new", "x")) {
      Files.write(in(".partial").resolve(name), new byte[7]);
    }
    storage = new DiskStorage(settings());
    // The journal of the next start replaces journal.new.
    assertEquals(3, storage.repair(numbers -> Set.of(), Optional.empty()).strays());
    try (Stream<Path> files = Files.list(in(".partial"))) {
      assertEquals(2, files.count());
    }
    assertEquals(5, storage.find(upload.number()).orElseThrow().arrivedBytes());
  }

  @Test
  void whatACrashLeftUnfinishedInTheJournalIsToldOnce() throws IOException {
    open();
    Content content = Content.of(10, 1);
    Upload upload = storage.begin(List.of(content.at("/x.jpg"))).get(0);
    storage.write(List.of(content.piece(upload, 0, 5)));
    storage.close();
    Files.write(in(".partial/journal"), new byte[3], StandardOpenOption.APPEND);
    storage = new DiskStorage(settings());
    assertEquals(3, storage.repair(numbers -> Set.of(), Optional.empty()).tornBytes());
    assertEquals(5, storage.find(upload.number()).orElseThrow().arrivedBytes());
    storage.close();
    storage = new DiskStorage(settings());
    assertEquals(0, storage.repair(numbers -> Set.of(), Optional.empty()).tornBytes());
  }

  @Test
  void journalDoesNotGrowForEver() throws IOException {
    open();
    List<UploadKey> keys = new ArrayList<>();
    for (int file = 0; file < 500; file++) {
      keys.add(Content.of(1, file).at("/" + file + "/" + "x".repeat(32_000)));
    }
    List<Upload> uploads = List.of();
    for (int round = 0; round < 5; round++) {
      // Those of the round before are given up.
      uploads = storage.begin(keys);
    }
    assertTrue(Files.size(in(".partial/journal")) > 64 << 20);
    uploads.forEach(storage::discard);
    assertTrue(Files.size(in(".partial/journal")) < 100, "there is nothing to keep");
    Content content = Content.of(10, 1);
    stored(content, "/a.jpg");
  }

  @Test
  void secondServerIsRefused() {
    open();
    StorageException refused =
        assertThrows(StorageException.class, () -> new DiskStorage(settings()));
    assertEquals(StorageException.Reason.IN_USE, refused.reason());
    storage.close();
    open();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "acopio-store 2\nid x\n", "acopio-store 1\n", "acopio-store 1\nid \n", "ñ"})
  void unknownFormatIsRefusedAndLeftAlone(String text) throws IOException {
    open().close();
    byte[] sound = Files.readAllBytes(in(".acopio/format"));
    Files.writeString(in(".acopio/format"), text);
    StorageException refused =
        assertThrows(StorageException.class, () -> new DiskStorage(settings()));
    assertEquals(StorageException.Reason.UNKNOWN_FORMAT, refused.reason());
    assertEquals(text, Files.readString(in(".acopio/format")));
    Files.write(in(".acopio/format"), sound);
    open();
  }

  @Test
  void journalThatCannotBeReadLeavesNoLock() throws IOException {
    open().close();
    Path journal = in(".partial/journal");
    byte[] sound = Files.readAllBytes(journal);
    Files.delete(journal);
    Files.createDirectory(journal);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          StorageException.Reason.FAILED,
          assertThrows(StorageException.class, () -> new DiskStorage(settings())).reason());
    }
    Files.delete(journal);
    Files.write(journal, sound);
    open();
  }

  @Test
  void folderThatIsAFileIsRefused() throws IOException {
    Files.write(folder.resolve("store"), new byte[1]);
    assertEquals(
        StorageException.Reason.FAILED,
        assertThrows(StorageException.class, () -> new DiskStorage(settings())).reason());
  }

  @Test
  void closedStoreLeavesNoThread() throws Exception {
    open();
    stored(Content.of(10, 1), "/x.jpg");
    storage.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("acopio-sync")) {
        thread.join(10_000);
        assertFalse(thread.isAlive());
      }
    }
  }
}
