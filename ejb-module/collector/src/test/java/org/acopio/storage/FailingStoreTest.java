package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.remote.Range;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.StorageException.Reason;
import org.acopio.storage.UploadJournal.Entry;
import org.acopio.storage.WatchedDisk.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store does when its disk does not do what it is told. */
class FailingStoreTest {
  private static final Content PHOTO = Content.of(4_000, 3);

  @TempDir Path folder;
  private Shelves shelves;

  @BeforeEach
  void open() {
    shelves = new Shelves(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    shelves.close();
  }

  private Path aside(Upload upload) {
    return shelves.path(
        ".quarantine/20261121T093005Z/uploads/" + shelves.partial(upload).getFileName());
  }

  private void assertSetAside(Upload upload) {
    assertTrue(upload.over());
    assertEquals(Optional.empty(), shelves.storage.find(upload.number()));
    assertEquals(0, shelves.storage.unfinished());
    assertFalse(Files.exists(shelves.partial(upload)));
    assertTrue(Files.exists(aside(upload)));
    shelves.restart();
    assertEquals(0, shelves.storage.unfinished(), "the journal knows");
  }

  @Test
  void fileThatTheDiskMayNotHoldIsSetAside() {
    Upload upload = shelves.begin(PHOTO, "/x.jpg");
    assertEquals(Optional.empty(), shelves.write(upload, PHOTO, 0, 1_000));
    shelves.disk.fail(Step.WRITE, 1, FailingDisk.BROKEN);
    assertEquals(
        Optional.of(Reason.BROKEN),
        shelves.write(upload, PHOTO, 1_000, 2_000).map(StorageException::reason));
    assertSetAside(upload);
  }

  @Test
  void fileThatThereIsNoRoomForGoesOn() {
    Upload upload = shelves.begin(PHOTO, "/x.jpg");
    shelves.write(upload, PHOTO, 0, 1_000);
    shelves.disk.fail(Step.WRITE, 1, FailingDisk.FULL);
    assertEquals(
        Optional.of(Reason.FULL),
        shelves.write(upload, PHOTO, 1_000, 2_000).map(StorageException::reason));
    assertFalse(upload.over());
    assertEquals(List.of(new Range(1_000, 4_000)), upload.missing());
    assertEquals(Optional.empty(), shelves.write(upload, PHOTO, 1_000, 4_000));
    assertEquals(List.of(), upload.missing());
  }

  /** A long run is tried past the cache of the system first. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void longRunThatTheDiskTakesOneWayOnlyArrives() {
    Content film = Content.of(3_000_000, 6);
    Upload upload = shelves.begin(film, "/film.mp4");
    shelves.disk.fail(Step.WRITE, 2, FailingDisk.BROKEN);
    assertEquals(Optional.empty(), shelves.write(upload, film, 0, 2_500_000));
    assertEquals(1, shelves.disk.failures());
    assertEquals(Optional.empty(), shelves.write(upload, film, 2_500_000, 3_000_000));
    assertInstanceOf(
        Judgement.Complete.class,
        shelves.storage.judge(upload, film.digest(), film.partChecksums()));
  }

  @Test
  void longRunThatThereIsNoRoomForGoesOn() {
    Content film = Content.of(3_000_000, 6);
    Upload upload = shelves.begin(film, "/film.mp4");
    shelves.write(upload, film, 0, 1_000_000);
    shelves.disk.failAlways(FailingDisk.FULL, Step.WRITE);
    assertEquals(
        Optional.of(Reason.FULL),
        shelves.write(upload, film, 1_000_000, 3_000_000).map(StorageException::reason));
    shelves.disk.heal();
    assertFalse(upload.over());
    assertEquals(List.of(new Range(1_000_000, 3_000_000)), upload.missing());
    assertEquals(Optional.empty(), shelves.write(upload, film, 1_000_000, 3_000_000));
    assertInstanceOf(
        Judgement.Complete.class,
        shelves.storage.judge(upload, film.digest(), film.partChecksums()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"SYNC", "SYNC_FOLDER"})
  void fileWhoseBytesOrNameMayNotLastIsSetAside(Step step) {
    Upload upload = shelves.complete(PHOTO, "/x.jpg");
    shelves.disk.fail(step, 1, FailingDisk.FULL);
    if (step == Step.SYNC) {
      assertThrows(StorageException.class, () -> shelves.storage.settle(List.of(upload)));
    } else {
      shelves.storage.settle(List.of(upload));
      Placed placed = shelves.place(upload);
      assertEquals(Optional.empty(), placed.storedAs());
      assertTrue(placed.failure().isPresent());
      assertFalse(Files.exists(shelves.path("192.0.2.17/x.jpg")), "the name is taken back");
    }
    assertSetAside(upload);
  }

  /** A large file is synced now and then as it comes. */
  @Test
  void fileWhoseFirstBytesMayNotLastIsSetAside() {
    Content film = Content.of(Upload.FORCE_BYTES + 1_000, 6);
    Upload upload = shelves.begin(film, "/film.mp4");
    shelves.disk.fail(Step.SYNC, 1, FailingDisk.FULL);
    assertEquals(Optional.empty(), shelves.write(upload, film, 0, 1_000));
    assertEquals(
        Optional.of(Reason.FULL),
        shelves.write(upload, film, 1_000, Upload.FORCE_BYTES).map(StorageException::reason));
    assertSetAside(upload);
  }

  @Test
  void uploadThatCannotGetItsNameGoesOn() {
    Upload upload = shelves.complete(PHOTO, "/x.jpg");
    shelves.storage.settle(List.of(upload));
    shelves.disk.failAlways(FailingDisk.FULL, Step.LINK, Step.MOVE);
    Placed placed = shelves.place(upload);
    assertEquals(Optional.empty(), placed.storedAs());
    assertEquals(Optional.of(Reason.FULL), placed.failure().map(StorageException::reason));
    assertFalse(upload.sealed());
    shelves.disk.heal();
    shelves.storage.judge(upload, PHOTO.digest(), PHOTO.partChecksums());
    assertEquals(Optional.of("192.0.2.17/x.jpg"), shelves.place(upload).storedAs());
  }

  @Test
  void withoutLinksAFileIsMoved() throws IOException {
    shelves.disk.failAlways("Operation not permitted", Step.LINK);
    String name = shelves.store(PHOTO, "/x.jpg");
    assertEquals(PHOTO.size(), Files.size(shelves.path(name)));
    Upload again = shelves.complete(PHOTO, "/x.jpg");
    assertFalse(shelves.storage.share(again, name));
    assertEquals(Optional.empty(), shelves.storage.adopt(PHOTO.at("/y.jpg"), name));
    assertFalse(again.shared());
    shelves.storage.settle(List.of(again));
    assertEquals(Optional.of("192.0.2.17/x%v2.jpg"), shelves.place(again).storedAs());
    shelves.storage.undo(List.of(again));
    assertTrue(Files.exists(shelves.partial(again)), "the only copy comes back");
    assertFalse(Files.exists(shelves.path("192.0.2.17/x%v2.jpg")));
  }

  @Test
  void nothingIsAcknowledgedWhileTheJournalIsInDoubt() {
    Upload upload = shelves.complete(PHOTO, "/x.jpg");
    Upload other = shelves.begin(PHOTO, "/y.jpg");
    shelves.storage.settle(List.of(upload));
    // The journal's own.
    shelves.disk.fail(Step.SYNC, 1, FailingDisk.BROKEN);
    assertTrue(shelves.place(upload).failure().isPresent());
    shelves.disk.failAlways(FailingDisk.FULL, Step.OPEN);
    StorageException refused =
        assertThrows(StorageException.class, () -> shelves.write(other, PHOTO, 0, 1_000));
    assertTrue(String.valueOf(refused.getMessage()).contains("journal"), refused::toString);
    assertThrows(StorageException.class, () -> shelves.begin(PHOTO, "/z.jpg"));
    assertThrows(StorageException.class, () -> shelves.place(upload));
    shelves.disk.heal();
    assertEquals(Optional.empty(), shelves.write(other, PHOTO, 0, 1_000));
    shelves.restart();
    assertEquals(
        Optional.of(List.of(new Range(1_000, 4_000))),
        shelves.storage.find(other.number()).map(Upload::missing));
    assertEquals(
        Optional.of(List.of()), shelves.storage.find(upload.number()).map(Upload::missing));
  }

  /**
   * A full disk may take a name back and not the record of it. At the next start that record would
   * take the file of another upload for the one that was given up.
   */
  @Test
  void nameThatWasGivenUpOnAFullDiskBelongsToWhoeverGetsItNext() throws IOException {
    Content other = Content.of(4_000, 4);
    Upload given = shelves.complete(PHOTO, "/x.jpg");
    shelves.storage.settle(List.of(given));
    String name = shelves.place(given).storedAs().orElseThrow();
    shelves.disk.failAlways(FailingDisk.FULL, Step.WRITE);
    shelves.storage.undo(List.of(given));
    shelves.storage.discard(given);
    shelves.disk.heal();
    assertEquals(name, shelves.store(other, "/x.jpg"));
    shelves.restart();
    assertArrayEquals(other.bytes(), Files.readAllBytes(shelves.path(name)));
    assertEquals(0, shelves.storage.unfinished());
  }

  @Test
  void whatEndedOnAFullDiskIsInTheJournalOnceThereIsRoom() throws IOException {
    for (boolean stop : new boolean[] {false, true}) {
      Upload stored = shelves.complete(PHOTO, "/x%s.jpg".formatted(stop));
      shelves.storage.settle(List.of(stored));
      shelves.place(stored);
      shelves.disk.failAlways(FailingDisk.FULL, Step.WRITE);
      shelves.storage.done(List.of(stored));
      shelves.disk.heal();
      if (stop) {
        shelves.storage.close();
      } else {
        shelves.storage.attend();
      }
      List<Entry> entries = new ArrayList<>();
      UploadJournal.read(shelves.path(".partial/journal"), entries::add);
      assertEquals(new Entry.Done(stored.number()), entries.get(entries.size() - 1));
    }
    shelves.restart();
  }

  @Test
  void nameThatCannotBeTakenBackIsKnownAfterARestart() {
    Upload upload = shelves.complete(PHOTO, "/x.jpg");
    shelves.storage.settle(List.of(upload));
    String name = shelves.place(upload).storedAs().orElseThrow();
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.DELETE);
    shelves.storage.undo(List.of(upload));
    shelves.disk.heal();
    shelves.restart();
    assertFalse(Files.exists(shelves.path(name)), "it is nobody's");
    assertEquals(1, shelves.storage.unfinished());
  }

  @Test
  void uploadThatTheJournalDoesNotTakeHasNotBegun() {
    shelves.disk.failAlways(FailingDisk.FULL, Step.WRITE);
    StorageException refused =
        assertThrows(StorageException.class, () -> shelves.begin(PHOTO, "/x.jpg"));
    assertEquals(Reason.FULL, refused.reason());
    assertEquals(0, shelves.storage.unfinished());
    assertEquals(Optional.empty(), shelves.storage.find(PHOTO.at("/x.jpg")));
  }

  @Test
  void adoptionThatTheJournalDoesNotTakeLeavesNothingBehind() throws IOException {
    String name = shelves.store(PHOTO, "/x.jpg");
    shelves.disk.failAlways(FailingDisk.FULL, Step.WRITE);
    assertThrows(StorageException.class, () -> shelves.storage.adopt(PHOTO.at("/y.jpg"), name));
    assertEquals(1, shelves.storage.inspection().look(name).links());
  }

  @Test
  void bytesThatCannotBeReadBackAreNoJudgement() {
    Upload upload = shelves.begin(PHOTO, "/x.jpg");
    shelves.write(upload, PHOTO, 2_000, 4_000);
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.READ);
    assertTrue(shelves.write(upload, PHOTO, 0, 2_000).isPresent());
    assertThrows(StorageException.class, () -> shelves.storage.peek(upload, 10));
  }

  @Test
  void storeWhoseDiskWasTakenAwayIsNotTakenForAnEmptyOne() throws IOException {
    shelves.storage.expectPresent();
    Path format = shelves.path(".acopio/format");
    String text = Files.readString(format);
    for (String other :
        Set.of("acopio-store 1\nid other\n", "acopio-store 2\n" + text, "acopio-store 1\n")) {
      Files.writeString(format, other);
      assertThrows(StorageException.class, () -> shelves.storage.expectPresent(), other);
    }
    Files.delete(format);
    assertFalse(DiskStorage.isThere(shelves.folder));
    StorageException gone =
        assertThrows(StorageException.class, () -> shelves.storage.expectPresent());
    assertTrue(String.valueOf(gone.getMessage()).contains("mounted"), gone::getMessage);
    Files.writeString(format, text);
    assertTrue(DiskStorage.isThere(shelves.folder));
    shelves.storage.expectPresent();
  }

  /**
   * Else a loss of power takes the store's name, its format or its journal away, and with that what
   * was acknowledged.
   */
  @ParameterizedTest
  @CsvSource({
    // a/b, a and what they were made in; .acopio, the store, .partial
    "SYNC_FOLDER, 6",
    // The format and the journal.
    "SYNC, 2",
    "MOVE, 2"
  })
  void storeIsOpenOnlyWhenAllOfItLasts(Step step, int times) throws IOException {
    for (int nth = 1; nth <= times + 1; nth++) {
      Path fresh = Files.createDirectory(folder.resolve("in" + nth)).resolve("a/b/store");
      FailingDisk disk = new FailingDisk();
      disk.fail(step, nth, FailingDisk.BROKEN);
      if (nth <= times) {
        StorageException failure =
            assertThrows(StorageException.class, () -> disk.store(fresh), step + " " + nth);
        assertEquals(Reason.BROKEN, failure.reason());
      }
      // It left no lock behind.
      try (DiskStorage store = disk.store(fresh)) {
        assertTrue(store.repair(numbers -> Set.of(), Optional.empty()).nothingToDo());
      }
      assertEquals(nth <= times ? 1 : 0, disk.failures());
    }
  }

  /** The journal says so before the disk has done it, and the server may end between the two. */
  @Test
  void bytesThatOnlyTheJournalCallsSharedAreSyncedBeforeTheyGetAName() {
    String stored = shelves.store(PHOTO, "/a.jpg");
    long number = shelves.sent(PHOTO, "/b.jpg").number();
    shelves.disk.fail(Step.MOVE, 1, FailingDisk.BROKEN);
    Upload before = shelves.storage.find(number).orElseThrow();
    assertFalse(shelves.storage.share(before, stored));
    shelves.restart();
    Upload after = shelves.storage.find(number).orElseThrow();
    assertEquals(List.of(), after.missing());
    shelves.disk.fail(Step.SYNC, 1, FailingDisk.BROKEN);
    List<Upload> complete = List.of(after);
    assertThrows(StorageException.class, () -> shelves.storage.settle(complete));
    assertSetAside(after);
  }

  @Test
  void roomOfTheDiskIsTold() throws IOException {
    long free = shelves.storage.free();
    long capacity = shelves.storage.capacity();
    assertTrue(0 < free && free <= capacity, free + " of " + capacity);
    assertEquals(Files.getFileStore(folder).getTotalSpace(), capacity);
    assertTrue(shelves.storage.writable());
  }
}
