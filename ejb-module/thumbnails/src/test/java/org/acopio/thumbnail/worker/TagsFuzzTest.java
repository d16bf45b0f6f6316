package org.acopio.thumbnail.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever stands in a file: what the project's own readers in the worker make of it. */
class TagsFuzzTest {
  private static Path file;

  @BeforeAll
  static void makeFile() throws IOException {
    file = Files.createTempFile("acopio-fuzz", ".bin");
  }

  @AfterAll
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  @FuzzTest
  void id3(byte[] bytes) {
    read(bytes, "audio/mpeg");
  }

  @FuzzTest
  void flac(byte[] bytes) {
    read(bytes, "audio/x-flac");
  }

  @FuzzTest
  void mp4(byte[] bytes) {
    read(bytes, "video/mp4");
  }

  /** As the worker does: these two are a file that cannot be read, anything else is a fault. */
  private static void read(byte[] bytes, String mediaType) {
    try {
      Files.write(file, bytes);
      Tags.of(file, mediaType).facts();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      assertTrue(!(e instanceof UncheckedIOException));
    } catch (java.nio.BufferUnderflowException e) {
      // A block that is shorter than its fields.
      assertTrue(bytes.length > 0);
    }
  }

  @FuzzTest
  void jpegInAFile(byte[] bytes) throws IOException {
    Optional<JpegHead> head = JpegHead.of(bytes, 0, bytes.length);
    head.ifPresent(one -> assertTrue(one.width() > 0 && one.height() > 0));
    Files.write(file, bytes);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      List<EmbeddedJpeg> found = EmbeddedJpeg.find(in, 0, bytes.length);
      for (EmbeddedJpeg one : found) {
        assertTrue(one.offset() >= 0 && one.offset() < bytes.length);
        assertTrue(one.bytes(in).length <= bytes.length);
      }
    }
  }
}
