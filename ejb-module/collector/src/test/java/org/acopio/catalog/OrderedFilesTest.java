package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which H2 keeps a catalog, on a disk that has no room for a while. */
class OrderedFilesTest {
  private static final int BLOCK = 4_096;

  @TempDir Path folder;

  private final FullFiles files = new FullFiles();
  private Path file;

  @BeforeEach
  void register() {
    FilePath.register(files);
    file = folder.resolve("catalog.mv.db");
  }

  @AfterEach
  void unregister() {
    FullFiles.full(false);
    FilePath.unregister(files);
  }

  private FileChannel open() throws IOException {
    return FilePath.get(OrderedFiles.of("full:" + file)).open("rw");
  }

  private static ByteBuffer bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  /** H2 has writes in line behind the one that failed, and names them in its header. */
  @Test
  void onceAWriteFailedNothingIsWrittenUntilTheFileIsOpenedAnew() throws Exception {
    try (FileChannel first = open()) {
      assertEquals(2 * BLOCK, first.write(bytes(2 * BLOCK, 1), 0));
      assertEquals(3 * BLOCK, first.write(bytes(3 * BLOCK, 2), 2 * BLOCK));
      FullFiles.full(true);
      assertThrows(IOException.class, () -> first.write(bytes(2 * BLOCK, 3), 5 * BLOCK));
      FullFiles.full(false);
      IOException later =
          assertThrows(IOException.class, () -> first.write(bytes(2 * BLOCK, 4), 0));
      assertEquals("No space left on device", later.getCause().getMessage());
      assertThrows(IOException.class, () -> first.truncate(2 * BLOCK));
      assertThrows(IOException.class, () -> first.force(false));
      assertEquals(5 * BLOCK, first.size());
    }
    try (FileChannel second = open()) {
      assertEquals(2 * BLOCK, second.write(bytes(2 * BLOCK, 5), 0));
      second.truncate(5 * BLOCK - 1);
    }
    byte[] there = Files.readAllBytes(file);
    assertArrayEquals(bytes(2 * BLOCK, 5).array(), Arrays.copyOf(there, 2 * BLOCK));
    assertArrayEquals(
        bytes(3 * BLOCK - 1, 2).array(), Arrays.copyOfRange(there, 2 * BLOCK, there.length));
  }

  @Test
  void whatIsWrittenIsWhatIsRead() throws Exception {
    try (FileChannel file = open()) {
      for (int length : new int[] {1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5}) {
        ByteBuffer source = bytes(length + 20, length);
        source.position(7).limit(7 + length);
        assertEquals(length, file.write(source, 2 * BLOCK));
        assertEquals(7 + length, source.position());
        assertEquals(7 + length, source.limit());
        ByteBuffer read = ByteBuffer.allocate(length);
        assertEquals(length, file.read(read, 2 * BLOCK));
        assertArrayEquals(bytes(length, length).array(), read.array());
      }
    }
  }
}
