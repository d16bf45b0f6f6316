package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a disk gives back instead of the journal: the sound part counts, nothing else. */
class JournalFuzzTest {
  private static final int HEADER_BYTES = 16;

  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("acopio-fuzz");
  }

  @AfterAll
  static void deleteFolder() throws IOException {
    for (String name : List.of(JournalFile.NAME, JournalFile.DAMAGED, "journal.new")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @FuzzTest
  void damagedFileIsReadAsFarAsItIsSound(byte[] bytes) throws IOException {
    opened(bytes);
  }

  /** The same behind the checksums, which chance alone never gets right. */
  @FuzzTest
  void recordThatNothingHereHasWrittenIsNotBelieved(byte[] bytes) throws IOException {
    opened(withChecksums(bytes));
  }

  private static void opened(byte[] bytes) throws IOException {
    Path file = folder.resolve(JournalFile.NAME);
    Files.write(file, bytes);
    byte[] path = {'/', 'a'};
    try (JournalFile journal = JournalFile.open(folder)) {
      journal.forgetUnseen(new byte[] {'/'});
      journal.find(path, stampOf(bytes)).ifPresent(JournalFuzzTest::assertUsable);
      journal.appendFile(path, stampOf(new byte[0]), "image/jpeg", null);
    }
    try (JournalFile journal = JournalFile.open(folder)) {
      assertEquals(Optional.empty(), journal.setAside(), "what was repaired is sound");
      assertEquals(
          "image/jpeg", journal.find(path, stampOf(new byte[0])).orElseThrow().mediaType());
    }
    assertTrue(Files.size(file) <= bytes.length + HEADER_BYTES + 2 * 1_024);
  }

  /** What a scan makes of it. */
  private static void assertUsable(JournalRecord.Known known) {
    if (!known.mediaType().isEmpty()) {
      assertTrue(MediaKind.of(known.mediaType()).isPresent());
    }
    known.digest().ifPresent(digest -> assertEquals(JournalRecord.DIGEST_BYTES, digest.length));
  }

  /** The stamp that the first record has, if there is one, so that it is found. */
  private static FileStamp stampOf(byte[] bytes) {
    int body = HEADER_BYTES + JournalRecord.HEAD_BYTES;
    if (bytes.length < body + 50) {
      return new FileStamp(1, java.time.Instant.EPOCH, 1, java.time.Instant.EPOCH);
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new FileStamp(
        data.getLong(body + 8) & Long.MAX_VALUE,
        instant(data.getLong(body + 16), data.getInt(body + 24)),
        data.getLong(body + 40),
        instant(data.getLong(body + 32), data.getInt(body + 28)));
  }

  private static java.time.Instant instant(long seconds, int nanos) {
    return java.time.Instant.ofEpochSecond(seconds % 1_000_000_000_000L, nanos & 0x1fff_ffff);
  }

  /** Behind a true header, each piece behind its length becomes a record with its checksum. */
  private static byte[] withChecksums(byte[] bytes) {
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + 12 * bytes.length + 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'a', 'c', 'o', 'p', 'i', 'o', '-', 'j', 1, 0, 0, 0});
    out.putInt(checksum(out.array(), 0, 12));
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes[at] & 0xff, bytes.length - at - 1);
      out.putInt(length).putInt(checksum(bytes, at + 1, length)).put(bytes, at + 1, length);
      at += 1 + length;
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return file;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
