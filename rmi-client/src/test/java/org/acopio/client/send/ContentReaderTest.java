package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Way;
import org.acopio.media.MediaKind;
import org.acopio.remote.Block;
import org.acopio.remote.Parts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:30Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final Segments segments = new Segments(8);
  private final Way way = new Way();

  @AfterEach
  void allMemoryIsBack() {
    assertEquals(segments.count(), segments.available());
  }

  @AfterEach
  void closeFolders() {
    way.close();
  }

  private ContentReader open(Path path, FileStamp stamp) throws IOException, ChangedException {
    return ContentReader.open(
        new MediaFile(
            path.getParent(),
            path,
            new byte[1],
            stamp,
            "image/jpeg",
            MediaKind.IMAGE,
            Optional.empty()),
        way,
        CLOCK);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 1_000, 262_143, 262_144, 262_145, 1_000_003, 2_097_152})
  void contentDigestAndChecksumsAreThoseOfTheFile(int size) throws Exception {
    byte[] content = SenderFixture.random(size, size);
    Path path = file(content);
    try (Slab slab = segments.slab(size);
        ContentReader reader = open(path, FileStamp.of(path))) {
      reader.read(size / 3, slab);
      assertEquals(size / 3, reader.position());
      reader.read(size - size / 3, slab);
      ContentReader.Content read = reader.end();
      assertEquals(CLOCK.instant(), read.since());
      assertEquals(FakeCollector.sha256(content), read.digest());
      for (int part = 0; part < Parts.COUNT; part++) {
        ByteBuffer bytes =
            ByteBuffer.wrap(content, (int) Parts.start(part, size), (int) Parts.length(part, size));
        assertEquals(Block.checksum(bytes), read.partChecksums()[part]);
      }
      assertArrayEquals(content, bytes(slab));
    }
  }

  @Test
  void readingForTheDigestAloneNeedsOneSegment() throws Exception {
    byte[] content = SenderFixture.random(3_000_000, 1);
    Path path = file(content);
    try (Slab slab = segments.slab(Segments.BYTES);
        ContentReader reader = open(path, FileStamp.of(path))) {
      reader.readThrough(slab);
      assertEquals(FakeCollector.sha256(content), reader.end().digest());
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsFound() throws Exception {
    Path path = file(new byte[10]);
    try (Slab slab = segments.slab(100);
        ContentReader reader = open(path, FileStamp.of(path))) {
      reader.read(10, slab);
      Files.write(path, new byte[1], StandardOpenOption.APPEND);
      assertThrows(ChangedException.class, reader::end);
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsFound() throws Exception {
    Path path = file(new byte[1_000_000]);
    try (Slab slab = segments.slab(1_000_000);
        ContentReader reader = open(path, FileStamp.of(path))) {
      reader.read(10, slab);
      Files.write(path, new byte[5]);
      assertThrows(ChangedException.class, () -> reader.read(999_990, slab));
    }
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsFound() throws Exception {
    Path path = file(new byte[10]);
    FileStamp stamp = FileStamp.of(path);
    try (Slab slab = segments.slab(10);
        ContentReader reader = open(path, stamp)) {
      reader.read(10, slab);
      Path other = Files.write(folder.resolve("other"), new byte[10]);
      Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
      Files.move(other, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThrows(ChangedException.class, reader::end);
    }
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Path path = file(new byte[10]);
    FileStamp stamp = FileStamp.of(path);
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    assertThrows(FileSystemException.class, () -> open(link, stamp));
  }

  private static byte[] bytes(Slab slab) {
    ByteBuffer all = ByteBuffer.allocate(slab.length());
    while (all.hasRemaining()) {
      all.put(slab.piece(all.position(), slab.length()));
    }
    return all.array();
  }
}
