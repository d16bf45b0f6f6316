package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.acopio.storage.WatchedDisk.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store is put right without a byte being lost. */
class MendingTest {
  private static final Content PHOTO = Content.of(3_000, 3);
  private static final String ASIDE = ".quarantine/20261121T093005Z";

  @TempDir Path folder;
  private Shelves shelves;
  private Mending mending;
  private String stored;

  @BeforeEach
  void open() {
    shelves = new Shelves(folder.resolve("store"));
    mending = shelves.storage.mending();
    stored = shelves.store(PHOTO, "/home/ana/photo.jpg");
  }

  @AfterEach
  void close() {
    shelves.close();
  }

  private void assertPhoto(String storedAs) throws IOException {
    assertEquals(
        PHOTO.digest(), shelves.storage.inspection().content(storedAs, piece -> {}).digest());
  }

  private Inspection.Seen copy() {
    return shelves.storage.inspection().see(stored).orElseThrow();
  }

  @Test
  void whatIsSetAsideKeepsItsNameBelowTheMoment() throws IOException {
    assertEquals(ASIDE + "/" + stored, mending.setAside(stored));
    assertFalse(Files.exists(shelves.path(stored)));
    assertPhoto(ASIDE + "/" + stored);
    for (int number = 2; number < 5; number++) {
      Files.writeString(shelves.path(stored), "another " + number);
      assertEquals(ASIDE + "-" + number + "/" + stored, mending.setAside(stored));
    }
    assertPhoto(ASIDE + "/" + stored);
  }

  @Test
  void whatWasSeenIsSetAsideWhereverItLies() {
    assertEquals(ASIDE + "/" + stored, mending.setAside(copy()));
  }

  @ParameterizedTest
  @CsvSource({"MOVE, 1", "SYNC_FOLDER, 1", "SYNC_FOLDER, 2"})
  void whatCannotBeSetAsideForSureIsAFailure(Step step, int nth) {
    shelves.disk.fail(step, nth, FailingDisk.BROKEN);
    StorageException failure = assertThrows(StorageException.class, () -> mending.setAside(stored));
    assertTrue(String.valueOf(failure.getMessage()).contains(stored), failure::toString);
  }

  @Test
  void lostNameGetsTheBytesOfACopyByALink() throws IOException {
    String lost = "192.0.2.18/deep/down/photo.jpg";
    assertEquals(lost, mending.restore(copy(), lost, PHOTO.digest()));
    assertPhoto(lost);
    assertTrue(Files.isSameFile(shelves.path(lost), shelves.path(stored)));
  }

  @Test
  void nameThatIsTakenIsLeftAlone() throws IOException {
    String lost = "192.0.2.17/home/ana/lost.jpg";
    Files.writeString(shelves.path(lost), "somebody else's");
    assertEquals("192.0.2.17/home/ana/lost%v2.jpg", mending.restore(copy(), lost, PHOTO.digest()));
    assertEquals("192.0.2.17/home/ana/lost%v3.jpg", mending.restore(copy(), lost, PHOTO.digest()));
    assertEquals("somebody else's", Files.readString(shelves.path(lost)));
  }

  @Test
  void withoutLinksTheBytesAreCopiedWithTheirTime() throws IOException {
    String lost = "192.0.2.17/home/ana/lost.jpg";
    shelves.disk.failAlways("Operation not permitted", Step.LINK);
    assertEquals(lost, mending.restore(copy(), lost, PHOTO.digest()));
    assertPhoto(lost);
    assertFalse(Files.isSameFile(shelves.path(lost), shelves.path(stored)));
    assertEquals(Content.MODIFIED, Files.getLastModifiedTime(shelves.path(lost)).toInstant());
  }

  @Test
  void copyOfOtherBytesIsNotGivenTheName() {
    String lost = "192.0.2.17/home/ana/lost.jpg";
    shelves.disk.failAlways("Operation not permitted", Step.LINK);
    StorageException failure =
        assertThrows(
            StorageException.class,
            () -> mending.restore(copy(), lost, Content.of(3_000, 4).digest()));
    assertTrue(String.valueOf(failure.getMessage()).contains("does not hold"), failure::toString);
    assertFalse(Files.exists(shelves.path(lost)));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5"})
  void restoredFileLastsWithEveryFolderAboveIt(int nth) {
    // 192.0.2.18/deep/down and the store itself.
    shelves.disk.fail(Step.SYNC_FOLDER, nth, FailingDisk.BROKEN);
    String lost = "192.0.2.18/deep/down/photo.jpg";
    if (nth < 5) {
      assertThrows(StorageException.class, () -> mending.restore(copy(), lost, PHOTO.digest()));
    } else {
      assertEquals(lost, restored(lost));
    }
  }

  private String restored(String lost) {
    try {
      return mending.restore(copy(), lost, PHOTO.digest());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void timeOfChangeIsSet() {
    Instant time = Instant.parse("2001-02-03T04:05:06Z");
    mending.setModified(stored, time);
    assertEquals(time, shelves.storage.inspection().look(stored).modified());
    assertThrows(StorageException.class, () -> mending.setModified(stored + "x", time));
  }

  @Test
  void onlyAnUploadWhoseBytesAreGoneIsGivenUp() throws IOException {
    Upload upload = shelves.sent(PHOTO, "/on-its-way.jpg");
    mending.giveUp(upload);
    assertEquals(Optional.of(upload), shelves.storage.find(upload.number()));
    Files.delete(shelves.partial(upload));
    mending.giveUp(upload);
    assertEquals(Optional.empty(), shelves.storage.find(upload.number()));
    assertTrue(upload.over());
  }
}
