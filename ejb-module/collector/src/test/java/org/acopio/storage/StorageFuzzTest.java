package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever agents call their files, and whatever a disk gives back of the journal. */
class StorageFuzzTest {
  private static final int PREFIX = 8;

  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("acopio-fuzz");
  }

  @AfterAll
  static void deleteFolder() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @FuzzTest
  void everyPathGetsSafeNamesThatTellItAgain(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > FilePath.MAX_BYTES) {
      return;
    }
    FilePath path = FilePath.of(bytes);
    for (StoredNamesTest.Host host : StoredNamesTest.Host.values()) {
      List<String> names = host.names.segments(path);
      StoredNamesTest.assertSafe(host, names);
      StoredNamesTest.assertRecoverable(path, names);
      Path store = Path.of("/store/192.0.2.1");
      Path file = store;
      for (String name : names) {
        file = file.resolve(name);
      }
      assertTrue(file.normalize().equals(file) && file.startsWith(store), () -> "in " + names);
      assertEquals(2 + names.size(), file.getNameCount(), "one name for each");
    }
  }

  @FuzzTest
  void formatOfTheStoreIsKnownOrTheStartSaysWhatItIs(byte[] bytes) throws IOException {
    Path store = Files.createDirectories(folder.resolve("store"));
    Path format = Files.createDirectories(store.resolve(".acopio")).resolve("format");
    Files.write(format, bytes);
    try (StoreFormat known = StoreFormat.open(store, new Disk())) {
      assertTrue(known.id().matches("[!-~]+"), known.id());
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertTrue(text.startsWith("acopio-store 1") && text.contains(known.id()), text);
      known.expectIn(store);
    } catch (StorageException e) {
      String said = String.valueOf(e.getMessage());
      assertEquals(StorageException.Reason.UNKNOWN_FORMAT, e.reason(), said);
      assertTrue(said.contains("use the version that made it"), said);
      assertTrue(said.length() < 500 && !said.matches("(?s).*\\p{Cntrl}.*"), "one line");
    }
    assertArrayEquals(bytes, Files.readAllBytes(format), "it is left alone");
  }

  @FuzzTest
  void tornJournalIsReadAsFarAsItIsSound(byte[] bytes) throws IOException {
    read(bytes);
  }

  /** The same behind the checksums, which chance alone never gets right. */
  @FuzzTest
  void recordThatNothingHereHasWrittenStopsTheStartWithAMessage(byte[] bytes) throws IOException {
    read(withChecksums(bytes));
  }

  private static void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("journal");
    Files.write(file, bytes);
    List<UploadJournal.Entry> entries = new ArrayList<>();
    try {
      long torn = UploadJournal.read(file, entries::add);
      assertTrue(torn >= 0 && torn <= bytes.length);
      if (torn > 0 && torn < bytes.length) {
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length - torn)));
        List<UploadJournal.Entry> again = new ArrayList<>();
        assertEquals(0, UploadJournal.read(file, again::add), "what is sound stays sound");
        assertEquals(entries, again);
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("journal"), e::getMessage);
      return;
    }
    UploadJournal.rewrite(file, entries).close();
    List<UploadJournal.Entry> rewritten = new ArrayList<>();
    assertEquals(0, UploadJournal.read(file, rewritten::add));
    assertArrayEquals(entries.toArray(), rewritten.toArray());
  }

  /** Behind the header, each piece behind its length becomes a record with its checksum. */
  private static byte[] withChecksums(byte[] bytes) {
    ByteBuffer out = ByteBuffer.allocate(PREFIX + 9 * bytes.length + PREFIX);
    out.put("ACOPIOJ1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes[at] & 0xff, bytes.length - at - 1);
      CRC32C crc = new CRC32C();
      crc.update(bytes, at + 1, length);
      out.putInt(length).putInt((int) crc.getValue()).put(bytes, at + 1, length);
      at += 1 + length;
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return file;
  }
}
