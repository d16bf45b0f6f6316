package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Look;
import org.acopio.storage.Inspection.Seen;
import org.acopio.storage.Inspection.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a look at the disk tells of it. */
class InspectionTest {
  private static final org.acopio.storage.Content PHOTO = org.acopio.storage.Content.of(700_000, 3);

  @TempDir Path folder;
  private Shelves shelves;
  private Inspection inspection;
  private String stored;

  @BeforeEach
  void open() {
    shelves = new Shelves(folder.resolve("store"));
    inspection = shelves.storage.inspection();
    stored = shelves.store(PHOTO, "/home/ana/photo.jpg");
  }

  @AfterEach
  void close() {
    shelves.close();
  }

  private void assertNone(State state, String why, String storedAs) {
    Look look = inspection.look(storedAs);
    assertEquals(state, look.state(), storedAs);
    assertTrue(look.why().contains(why), look::toString);
    assertFalse(look.isFile());
    assertEquals(0, look.links());
    assertEquals(Optional.empty(), inspection.see(storedAs));
  }

  @Test
  void fileIsSeenWithItsSizeItsTimeAndItsNames() throws IOException {
    Look look = inspection.look(stored);
    assertTrue(look.isFile());
    assertEquals(PHOTO.size(), look.size());
    assertEquals(org.acopio.storage.Content.MODIFIED, look.modified());
    assertEquals(1, look.links());
    assertEquals("", look.why());
    Files.createLink(shelves.path("192.0.2.17/second.jpg"), shelves.path(stored));
    Look second = inspection.look("192.0.2.17/second.jpg");
    assertEquals(2, second.links());
    assertEquals(look.bytes(), second.bytes());
    String other = shelves.store(org.acopio.storage.Content.of(10, 4), "/home/ana/other.jpg");
    assertNotEquals(look.bytes(), inspection.look(other).bytes());
    assertEquals(
        Optional.of(new Seen(other, shelves.path(other), inspection.look(other))),
        inspection.see(other));
  }

  @Test
  void whatIsNoFileIsToldApart() throws IOException {
    assertNone(State.ABSENT, "no such file", "192.0.2.17/home/ana/missing.jpg");
    assertNone(State.ABSENT, "a folder of its name is none", stored + "/below.jpg");
    assertNone(State.STRANGE, "a folder", "192.0.2.17/home");
    assertNone(State.IMPOSSIBLE, "is no name in the store", "../outside");
    assertNone(State.IMPOSSIBLE, "cannot be used on this system", "192.0.2.17/\0");
    Path link = shelves.path("192.0.2.17/link.jpg");
    Files.createSymbolicLink(link, shelves.path(stored));
    assertNone(State.STRANGE, "a symbolic link", "192.0.2.17/link.jpg");
  }

  private Map<String, State> walked() throws InterruptedIOException {
    Map<String, State> seen = new TreeMap<>();
    inspection.walk(each -> seen.put(each.storedAs(), each.look().state()));
    return seen;
  }

  @Test
  void walkShowsEverythingOfTheClientsAndNothingOfTheStores() throws IOException {
    String second = shelves.store(org.acopio.storage.Content.of(5, 5), "/b/c/second.jpg");
    shelves.sent(PHOTO, "/on-its-way.jpg");
    Files.writeString(shelves.path("stray"), "beside the folders of clients");
    Files.createDirectories(shelves.path("192.0.2.17/.partial"));
    Files.writeString(shelves.path("192.0.2.17/.partial/of-a-client"), "x");
    Files.createSymbolicLink(shelves.path("192.0.2.17/loop"), shelves.path("192.0.2.17"));
    assertEquals(
        Map.of(
            stored,
            State.FILE,
            second,
            State.FILE,
            "stray",
            State.FILE,
            "192.0.2.17/.partial/of-a-client",
            State.FILE,
            "192.0.2.17/loop",
            State.STRANGE),
        walked());
  }

  @Test
  void walkEndsWhenItsVisitorGivesUp() {
    assertThrows(
        InterruptedIOException.class,
        () ->
            inspection.walk(
                seen -> {
                  throw new InterruptedIOException("enough");
                }));
  }

  @Test
  void contentIsReadWholeAndItsReaderIsToldOfEachPiece() throws IOException {
    List<Integer> pieces = new ArrayList<>();
    Content content = inspection.content(stored, pieces::add);
    assertEquals(new Content(PHOTO.size(), PHOTO.digest()), content);
    assertEquals(PHOTO.size(), pieces.stream().mapToInt(Integer::intValue).sum());
    assertTrue(pieces.size() > 1, "in pieces");
    Seen seen = inspection.see(stored).orElseThrow();
    assertEquals(content, inspection.content(seen, piece -> {}));
  }

  @Test
  void contentThatCannotBeReadSaysWhy() throws IOException {
    shelves.disk.fail(WatchedDisk.Step.READ, 2, FailingDisk.BROKEN);
    StorageException failure =
        assertThrows(StorageException.class, () -> inspection.content(stored, piece -> {}));
    assertEquals(StorageException.Reason.FAILED, failure.reason());
    assertTrue(String.valueOf(failure.getMessage()).contains(FailingDisk.BROKEN));
    Path link = shelves.path("192.0.2.17/link.jpg");
    Files.createSymbolicLink(link, shelves.path(stored));
    assertThrows(
        StorageException.class, () -> inspection.content("192.0.2.17/link.jpg", piece -> {}));
    assertThrows(
        InterruptedIOException.class,
        () ->
            inspection.content(
                stored,
                piece -> {
                  throw new InterruptedIOException("enough");
                }));
  }

  @Test
  void namesOfUploadsAreKnownUntilTheirCommit() {
    Upload upload = shelves.complete(org.acopio.storage.Content.of(9, 6), "/waits.jpg");
    shelves.storage.settle(List.of(upload));
    assertEquals(Set.of(), inspection.awaitingCommit());
    shelves.place(upload);
    assertEquals(Set.of("192.0.2.17/waits.jpg"), inspection.awaitingCommit());
    shelves.storage.done(List.of(upload));
    assertEquals(Set.of(), inspection.awaitingCommit());
  }

  @Test
  void namesOutsideTheFoldersOfClientsAreCounted() throws IOException {
    assertEquals(1, inspection.namesElsewhere().size(), "the journal alone");
    Upload shared = shelves.complete(PHOTO, "/again.jpg");
    assertTrue(shelves.storage.share(shared, stored));
    shelves.storage.mending().setAside(shelves.store(PHOTO, "/third.jpg"));
    Object bytes = inspection.look(stored).bytes();
    assertEquals(1, inspection.namesElsewhere().get(bytes));
    Path aside = shelves.path(".quarantine/20261121T093005Z/192.0.2.17/fourth.jpg");
    Files.createLink(aside, shelves.path(stored));
    assertEquals(2, inspection.namesElsewhere().get(bytes));
  }

  @Test
  void strayFilesOfTheWorkingAreaAreSeen() throws IOException {
    Upload upload = shelves.sent(PHOTO, "/on-its-way.jpg");
    Path partial = shelves.path(".partial");
    Files.createFile(partial.resolve(shelves.partial(upload).getFileName() + ".same"));
    assertEquals(List.of(), inspection.strays());
    Files.createFile(partial.resolve("notes"));
    Files.createFile(partial.resolve("000000000000002a"));
    Files.createFile(partial.resolve("journal.new"));
    assertEquals(
        Set.of(".partial/notes", ".partial/000000000000002a"),
        Set.copyOf(inspection.strays().stream().map(Seen::storedAs).toList()));
  }

  @Test
  void uploadWhoseBytesAreGoneIsSeen() throws IOException {
    Upload upload = shelves.sent(PHOTO, "/on-its-way.jpg");
    shelves.begin(PHOTO, "/nothing-came-yet.jpg");
    shelves.begin(org.acopio.storage.Content.of(0, 1), "/empty.jpg");
    assertEquals(List.of(), inspection.lostUploads());
    Files.delete(shelves.partial(upload));
    assertEquals(List.of(upload), inspection.lostUploads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2a", "00000000000000zz", "journal.new.and.more", "000000000000002a0"})
  void fileOfTheWorkingAreaWithAnotherNameIsNoUploads(String name) {
    assertEquals(Optional.empty(), Inspection.uploadOf(name));
  }

  @Test
  void fileOfTheWorkingAreaIsOfTheUploadThatItIsNamedAfter() {
    assertEquals(Optional.of(42L), Inspection.uploadOf("000000000000002a"));
    assertEquals(Optional.of(42L), Inspection.uploadOf("000000000000002a.same"));
  }
}
