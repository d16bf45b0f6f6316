package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.acopio.remote.FilePath;
import org.acopio.remote.Range;
import org.acopio.storage.UploadJournal.Entry;
import org.acopio.storage.WatchedDisk.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadJournalTest {
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry.Begin(1, Content.of(5, 1).at("/home/rosa/año.jpg")),
          new Entry.Begin(
              Long.MAX_VALUE, Content.of(0, 1).at(FilePath.of(new byte[] {'\n', (byte) 0xff}))),
          new Entry.Block(1, 0, 3, 0xdeadbeef),
          new Entry.Clear(1, 0, 5),
          new Entry.Place(1, "192.0.2.17/home/rosa/写真.jpg"),
          new Entry.Unplace(1),
          new Entry.Share(1),
          new Entry.Own(1),
          new Entry.Done(1));

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path journal = memory.getPath("journal").toAbsolutePath();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(journal.getParent());
  }

  @AfterEach
  void closeMemory() throws IOException {
    memory.close();
  }

  private List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    UploadJournal.read(journal, entries::add);
    return entries;
  }

  private byte[] written() throws IOException {
    try (UploadJournal out = UploadJournal.rewrite(journal, List.of())) {
      out.append(ENTRIES);
      assertEquals(Files.size(journal), out.size());
    }
    return Files.readAllBytes(journal);
  }

  @Test
  void everyRecordIsReadAsItWasWritten() throws IOException {
    written();
    assertEquals(ENTRIES, read());
    UploadJournal.rewrite(journal, ENTRIES).close();
    assertEquals(ENTRIES, read());
  }

  @Test
  void absentJournalIsEmpty() throws IOException {
    assertEquals(0, UploadJournal.read(journal, entry -> assertTrue(false, entry::toString)));
  }

  @Test
  void longestPathFitsIntoARecord() throws IOException {
    byte[] path = new byte[FilePath.MAX_BYTES];
    Arrays.fill(path, (byte) '%');
    Entry entry = new Entry.Begin(1, Content.of(5, 1).at(FilePath.of(path)));
    UploadJournal.rewrite(journal, List.of(entry, entry, entry)).close();
    assertEquals(List.of(entry, entry, entry), read());
  }

  @Test
  void journalOfManyRecordsIsReadWhole() throws IOException {
    List<Entry> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(new Entry.Block(i, i, i, i));
    }
    UploadJournal.rewrite(journal, many).close();
    assertEquals(many, read());
  }

  @Test
  void everySoundRecordBeforeATearIsKept() throws IOException {
    byte[] whole = written();
    List<Integer> ends = ends(whole);
    for (int length = 0; length < whole.length; length++) {
      Files.write(journal, Arrays.copyOf(whole, length));
      int cut = length;
      int sound = (int) ends.stream().filter(end -> end <= cut).count();
      List<Entry> entries = new ArrayList<>();
      long torn = UploadJournal.read(journal, entries::add);
      assertEquals(ENTRIES.subList(0, sound), entries);
      assertEquals(length - (length < 8 ? 0 : sound == 0 ? 8 : ends.get(sound - 1)), torn);
    }
  }

  @Test
  void everySoundRecordBeforeDamageIsKept() throws IOException {
    byte[] whole = written();
    List<Integer> ends = ends(whole);
    for (int at = 8; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(journal, damaged);
      int first = at;
      int sound = (int) ends.stream().filter(end -> end <= first).count();
      assertEquals(ENTRIES.subList(0, sound), read());
    }
  }

  @Test
  void zerosAtTheEndAreATear() throws IOException {
    byte[] whole = written();
    Files.write(journal, Arrays.copyOf(whole, whole.length + 4_096));
    List<Entry> entries = new ArrayList<>();
    assertEquals(4_096, UploadJournal.read(journal, entries::add));
    assertEquals(ENTRIES, entries);
  }

  private static List<Integer> ends(byte[] journal) {
    List<Integer> ends = new ArrayList<>();
    int at = 8;
    while (at < journal.length) {
      at += 8 + ByteBuffer.wrap(journal).getInt(at);
      ends.add(at);
    }
    assertEquals(ENTRIES.size(), ends.size());
    return ends;
  }

  @Test
  void fileOfAnotherKindIsATearAsAWhole() throws IOException {
    byte[] other = written();
    other[0] ^= 1;
    Files.write(journal, other);
    assertEquals(other.length, UploadJournal.read(journal, entry -> fail("nothing can be read")));
  }

  @Test
  void journalIsOnTheDiskBeforeItHasItsNameAndItsNameBeforeItIsUsed() throws IOException {
    List<Step> steps = new ArrayList<>();
    Disk disk =
        new WatchedDisk() {
          @Override
          void before(Step step) {
            steps.add(step);
          }
        };
    try (UploadJournal out = UploadJournal.rewrite(journal, ENTRIES, disk)) {
      assertEquals(
          List.of(Step.OPEN, Step.WRITE, Step.WRITE, Step.SYNC, Step.MOVE, Step.SYNC_FOLDER),
          steps);
      steps.clear();
      out.append(ENTRIES);
      out.force();
      assertEquals(List.of(Step.WRITE, Step.SYNC), steps);
    }
  }

  @Test
  void journalWhoseSyncFailedTakesNothingUntilItIsMadeAnew() throws IOException {
    FailingDisk disk = new FailingDisk();
    try (UploadJournal out = UploadJournal.rewrite(journal, List.of(), disk)) {
      out.append(ENTRIES);
      disk.fail(Step.SYNC, 1, FailingDisk.BROKEN);
      assertThrows(IOException.class, out::force);
      assertTrue(out.suspect());
      assertThrows(IOException.class, () -> out.append(ENTRIES));
      out.renew(ENTRIES);
      assertFalse(out.suspect());
      out.append(ENTRIES.subList(0, 1));
    }
    assertEquals(ENTRIES.size() + 1, read().size());
  }

  @Test
  void fullDiskLeavesTheJournalInNoDoubtAndABrokenOneDoes() throws IOException {
    FailingDisk disk = new FailingDisk();
    try (UploadJournal out = UploadJournal.rewrite(journal, List.of(), disk)) {
      disk.fail(Step.WRITE, 1, FailingDisk.FULL);
      assertThrows(IOException.class, () -> out.append(ENTRIES));
      assertFalse(out.suspect());
      disk.fail(Step.WRITE, 1, FailingDisk.BROKEN);
      assertThrows(IOException.class, () -> out.append(ENTRIES));
      assertTrue(out.suspect());
    }
    assertEquals(List.of(), read());
  }

  @Test
  void recordOfALaterVersionIsNotPassedOver() throws IOException {
    byte[] whole = written();
    byte[] payload = new byte[9];
    payload[0] = 99;
    CRC32C crc = new CRC32C();
    crc.update(payload);
    ByteBuffer later =
        ByteBuffer.allocate(whole.length + 17)
            .put(whole)
            .putInt(9)
            .putInt((int) crc.getValue())
            .put(payload);
    Files.write(journal, later.array());
    assertThrows(IOException.class, this::read);
  }

  @Test
  void closedJournalTakesNothing() throws IOException {
    UploadJournal out = UploadJournal.rewrite(journal, List.of());
    out.close();
    assertThrows(IOException.class, () -> out.append(ENTRIES));
    assertEquals(List.of(), read());
  }

  @Test
  void compactionKeepsWhatIsToBeKept() throws IOException {
    try (UploadJournal out = UploadJournal.rewrite(journal, List.of())) {
      out.append(ENTRIES);
      out.compactIf(() -> false);
      assertEquals(ENTRIES, read());
      out.compactIf(() -> true);
      assertEquals(List.of(), read());
      assertEquals(8, out.size());
      out.append(ENTRIES);
    }
    assertEquals(ENTRIES, read());
  }

  @Test
  void interruptedWriterLeavesNoHalfRecord() throws Exception {
    Path file = Files.createTempFile("journal", "");
    try (UploadJournal out = UploadJournal.rewrite(file, List.of())) {
      out.append(ENTRIES);
      Thread.currentThread().interrupt();
      assertThrows(IOException.class, () -> out.append(ENTRIES));
      assertTrue(Thread.interrupted());
      out.append(ENTRIES.subList(0, 2));
      out.force();
      List<Entry> entries = new ArrayList<>();
      assertEquals(0, UploadJournal.read(file, entries::add));
      List<Entry> expected = new ArrayList<>(ENTRIES);
      expected.addAll(ENTRIES.subList(0, 2));
      assertEquals(expected, entries);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void blockIsRefusedUntilTheJournalHasIt() throws IOException {
    try (FileSystem small =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setMaxSize(1 << 20).setBlockSize(4_096).build())) {
      StorageSettings settings = new StorageSettings(small.getPath("/store"), 1, 16, 30);
      Content content = Content.of(4_096, 1);
      Upload upload;
      int at = 0;
      try (DiskStorage storage = new DiskStorage(settings)) {
        storage.repair(numbers -> Set.of(), Optional.empty());
        upload = storage.begin(List.of(content.at("/x"))).get(0);
        storage.write(List.of(content.piece(upload, at, ++at)));
        Path filler = small.getPath("/filler");
        fill(filler);
        while (written(storage, content.piece(upload, at, at + 1))) {
          at++;
        }
        assertTrue(at > 10 && at < 1_000, "the journal was full after " + at);
        assertEquals(List.of(new Range(at, 4_096)), upload.missing());
        assertEquals(false, written(storage, content.piece(upload, at, at + 1)));
        Files.delete(filler);
        assertTrue(written(storage, content.piece(upload, at, at + 1)));
      }
      try (DiskStorage storage = new DiskStorage(settings)) {
        assertEquals(0, storage.repair(numbers -> Set.of(), Optional.empty()).tornBytes());
        assertEquals(
            Optional.of(List.of(new Range(at + 1, 4_096))),
            storage.find(upload.number()).map(Upload::missing));
      }
    }
  }

  private static boolean written(DiskStorage storage, Storage.Piece piece) {
    return storage.write(List.of(piece)).get(0).isEmpty();
  }

  private static void fill(Path filler) throws IOException {
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4_096]);
      }
    } catch (IOException full) {
      assertTrue(Files.size(filler) > 4_096, full::toString);
    }
  }
}
