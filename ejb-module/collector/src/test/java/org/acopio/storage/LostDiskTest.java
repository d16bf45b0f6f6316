package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.acopio.remote.Range;
import org.acopio.storage.StorageException.Reason;
import org.acopio.storage.WatchedDisk.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk fails and comes back, and collecting goes on without a restart. */
class LostDiskTest {
  private static final Content PHOTO = Content.of(4_000, 3);
  private static final Content OTHER = Content.of(4_000, 4);

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

  /** Of 1,000 bytes, and of 1,000 more that the journal did not get: it is in doubt. */
  private Upload doubtful() {
    Upload upload = shelves.begin(PHOTO, "/x.jpg");
    assertEquals(Optional.empty(), shelves.write(upload, PHOTO, 0, 1_000));
    shelves.disk.fail(Step.WRITE, 2, FailingDisk.BROKEN);
    assertEquals(
        Optional.of(Reason.BROKEN),
        shelves.write(upload, PHOTO, 1_000, 2_000).map(StorageException::reason));
    return upload;
  }

  /** The files of the store that this process has open. */
  private Set<String> openFiles() throws IOException {
    Path store = shelves.folder.toRealPath();
    Set<String> open = new TreeSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          Path file = Files.readSymbolicLink(descriptor);
          if (file.startsWith(store)) {
            open.add(store.relativize(file).toString());
          }
        } catch (NoSuchFileException e) {
          // That of the list itself.
        }
      }
    }
    return open;
  }

  private String working(Upload upload) {
    return ".partial/" + shelves.partial(upload).getFileName();
  }

  private StorageException refused(org.junit.jupiter.api.function.Executable work) {
    return assertThrows(StorageException.class, work);
  }

  private void assertSays(String words, StorageException failure) {
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
  }

  private StorageException secondServer() {
    return refused(() -> new DiskStorage(new StorageSettings(shelves.folder, 2, 16, 0)));
  }

  private void assertStored(String name, Content content) throws IOException {
    assertEquals(
        content.digest(), shelves.storage.inspection().content(name, piece -> {}).digest(), name);
  }

  // ---------------------------------------------------------------- the disk

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingOfADiskThatFailsStaysOpenSoThatItCanBeUnmounted() throws IOException {
    Upload upload = doubtful();
    assertEquals(Set.of(".acopio/lock", ".partial/journal", working(upload)), openFiles());
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.OPEN);
    for (int look = 0; look < 3; look++) {
      assertEquals(Reason.BROKEN, refused(shelves.storage::attend).reason());
      assertEquals(Set.of(), openFiles());
    }
    assertSays("mended and mounted", refused(() -> shelves.begin(OTHER, "/y.jpg")));
    assertSays("mended and mounted", refused(() -> shelves.write(upload, PHOTO, 1_000, 2_000)));
    assertSays("mended and mounted", refused(() -> shelves.storage.find(upload.number())));
    assertSays("mended and mounted", refused(() -> shelves.storage.find(upload.key())));
    assertEquals(Set.of(), openFiles());
  }

  @Test
  void mendedDiskHasWhatWasAcknowledgedAndTakesTheRest() throws IOException {
    Upload upload = doubtful();
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.OPEN);
    refused(shelves.storage::attend);
    shelves.disk.heal();
    shelves.storage.attend();
    assertEquals(Reason.IN_USE, secondServer().reason());
    Upload again = shelves.storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(new Range(1_000, 4_000)), again.missing());
    assertEquals(Optional.empty(), shelves.write(again, PHOTO, 1_000, 4_000));
    shelves.restart();
    again = shelves.storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(), again.missing());
    shelves.storage.judge(again, PHOTO.digest(), PHOTO.partChecksums());
    shelves.storage.settle(List.of(again));
    assertStored(shelves.place(again).storedAs().orElseThrow(), PHOTO);
  }

  @Test
  void bytesThatTheMendedDiskDoesNotHaveAreMissing() throws IOException {
    Upload upload = doubtful();
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.OPEN);
    refused(shelves.storage::attend);
    shelves.disk.heal();
    try (FileChannel file = FileChannel.open(shelves.partial(upload), StandardOpenOption.WRITE)) {
      file.truncate(500);
    }
    shelves.storage.attend();
    Upload again = shelves.storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(new Range(0, 4_000)), again.missing());
    assertEquals(0, again.arrivedBytes(0), "of the first part");
    assertEquals(0, again.head().length);
  }

  @Test
  void journalThatWasMadeAnewKnowsNamesAndSharedBytes() throws IOException {
    String first = shelves.store(OTHER, "/first.jpg");
    Upload shared = shelves.complete(OTHER, "/shared.jpg");
    assertTrue(shelves.storage.share(shared, first));
    Upload placed = shelves.complete(OTHER, "/placed.jpg");
    shelves.storage.settle(List.of(placed));
    String name = shelves.place(placed).storedAs().orElseThrow();
    doubtful();
    shelves.storage.attend();
    shelves.restart();
    assertFalse(Files.exists(shelves.path(name)), "the catalog never had it");
    Upload again = shelves.storage.find(shared.number()).orElseThrow();
    shelves.storage.judge(again, PHOTO.digest(), PHOTO.partChecksums());
    assertEquals(Optional.empty(), shelves.write(again, PHOTO, 0, 4_000));
    assertStored(first, OTHER);
  }

  @Test
  void fullDiskIsKept() throws IOException {
    Upload upload = doubtful();
    shelves.disk.failAlways(FailingDisk.FULL, Step.OPEN);
    shelves.storage.attend();
    assertEquals(Reason.IN_USE, secondServer().reason());
    assertEquals(Reason.FULL, refused(() -> shelves.begin(OTHER, "/y.jpg")).reason());
    shelves.disk.heal();
    assertEquals(Optional.empty(), shelves.write(upload, PHOTO, 1_000, 4_000));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void diskThatCanOnlyBeReadAnyMoreIsLetGoToo() throws IOException {
    doubtful();
    shelves.disk.failAlways(FailingDisk.READ_ONLY, Step.OPEN);
    shelves.storage.attend();
    assertEquals(Set.of(), openFiles());
    shelves.disk.heal();
    shelves.storage.attend();
    assertEquals(Set.of(".acopio/lock", ".partial/journal"), openFiles());
  }

  @Test
  void storeThatAnotherServerTookMeanwhileIsLeftToIt() {
    doubtful();
    shelves.disk.failAlways(FailingDisk.BROKEN, Step.OPEN);
    refused(shelves.storage::attend);
    try (DiskStorage other = new DiskStorage(new StorageSettings(shelves.folder, 2, 16, 0))) {
      assertEquals(shelves.storage.id(), other.id());
      shelves.disk.heal();
      assertEquals(Reason.IN_USE, refused(shelves.storage::attend).reason());
      refused(() -> shelves.begin(OTHER, "/y.jpg"));
    }
    shelves.storage.attend();
    shelves.store(OTHER, "/y.jpg");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void storeWhoseFolderHoldsAnotherIsNotUsedUntilItIsBack() throws IOException {
    shelves.sent(PHOTO, "/w.jpg");
    Path format = shelves.path(".acopio/format");
    String own = Files.readString(format);
    Files.writeString(format, "acopio-store 1\nid another\n");
    assertSays("does not hold the store any more", refused(shelves.storage::attend));
    // Too few descriptors look the same: those that nobody uses were given up.
    assertEquals(Set.of(".acopio/lock", ".partial/journal"), openFiles());
    Files.delete(format);
    assertSays("see that its disk is mounted", refused(shelves.storage::attend));
    Files.writeString(format, own);
    shelves.storage.attend();
    shelves.store(PHOTO, "/x.jpg");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void roomOfADiskThatIsGoneIsNotMadeUp() throws IOException {
    shelves.sent(PHOTO, "/x.jpg");
    Path away = Files.move(shelves.folder, folder.resolve("away"));
    assertSays("free space", refused(shelves.storage::free));
    assertSays("size of the disk", refused(shelves.storage::capacity));
    assertSays("see that its disk is mounted", refused(shelves.storage::attend));
    Files.move(away, shelves.folder);
    // Descriptors may have been what was missing: those that nobody uses were given up.
    assertEquals(Set.of(".acopio/lock", ".partial/journal"), openFiles());
    assertTrue(shelves.storage.free() > 0);
    shelves.storage.attend();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closedStoreStaysClosed() throws IOException {
    shelves.sent(PHOTO, "/x.jpg");
    shelves.storage.close();
    assertEquals(Set.of(), openFiles());
    assertSays("is closed", refused(shelves.storage::attend));
    try (DiskStorage other = new DiskStorage(new StorageSettings(shelves.folder, 2, 16, 0))) {
      assertEquals(1, other.unfinished());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fileOfAnUploadIsClosedWhenItGetsItsNameOrIsOver() throws IOException {
    Upload placed = shelves.complete(PHOTO, "/x.jpg");
    shelves.storage.settle(List.of(placed));
    assertTrue(openFiles().contains(working(placed)));
    shelves.place(placed);
    assertFalse(openFiles().contains(working(placed)));
    Upload bad = shelves.sent(OTHER, "/y.jpg");
    shelves.disk.fail(Step.SYNC, 1, FailingDisk.BROKEN);
    refused(() -> shelves.storage.settle(List.of(bad)));
    assertTrue(bad.over());
    shelves.storage.discard(shelves.sent(OTHER, "/z.jpg"));
    assertEquals(Set.of(".acopio/lock", ".partial/journal"), openFiles());
  }

  // ---------------------------------------------------------------- its names

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"LINK", "DELETE"})
  void nameThatCannotBeTakenBackGoesWhenTheDiskIsMended(Step step) throws IOException {
    // Without links a file is moved, and is to be moved back.
    boolean moved = step == Step.LINK;
    if (moved) {
      shelves.disk.failAlways("Operation not permitted", Step.LINK);
    }
    Upload upload = shelves.complete(PHOTO, "/x.jpg");
    Upload other = shelves.complete(OTHER, "/y.jpg");
    shelves.storage.settle(List.of(upload, other));
    String name = shelves.place(upload).storedAs().orElseThrow();
    shelves.disk.failAlways(FailingDisk.BROKEN, moved ? Step.MOVE : Step.DELETE);
    shelves.storage.undo(List.of(upload));
    assertTrue(Files.exists(shelves.path(name)));
    assertSays("cannot be taken back", refused(() -> shelves.place(other)));
    refused(shelves.storage::attend);
    shelves.disk.heal();
    shelves.storage.attend();
    assertFalse(Files.exists(shelves.path(name)));
    assertEquals(PHOTO.size(), Files.size(shelves.partial(upload)));
    shelves.storage.judge(other, OTHER.digest(), OTHER.partChecksums());
    assertEquals(Optional.of("192.0.2.17/y.jpg"), shelves.place(other).storedAs());
    shelves.storage.judge(upload, PHOTO.digest(), PHOTO.partChecksums());
    assertEquals(Optional.of(name), shelves.place(upload).storedAs());
    assertStored(name, PHOTO);
  }
}
