package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.h2.store.fs.FileBase;
import org.junit.jupiter.api.Test;

/** A system may read and write less at once than it was asked to. */
class BytesTest {
  private static final byte[] CONTENT = Content.of(1_000, 1).bytes();

  /** A file of which seven bytes at most pass at once. */
  private static final class Slow extends FileBase {
    private static final int MOST = 7;
    private byte[] bytes;

    Slow(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public int read(ByteBuffer out, long position) {
      int count = (int) Math.min(Math.min(MOST, out.remaining()), bytes.length - position);
      if (count <= 0) {
        return -1;
      }
      out.put(bytes, (int) position, count);
      return count;
    }

    @Override
    public int write(ByteBuffer in, long position) {
      int count = Math.min(MOST, in.remaining());
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, position + count));
      in.get(bytes, (int) position, count);
      return count;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
      throw new IOException("has no position");
    }

    @Override
    public int write(ByteBuffer in) throws IOException {
      throw new IOException("has no position");
    }

    @Override
    public long position() throws IOException {
      throw new IOException("has no position");
    }

    @Override
    public FileChannel position(long position) throws IOException {
      throw new IOException("has no position");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      throw new IOException("keeps its size");
    }
  }

  private static byte[] part(int from, int to) {
    return Arrays.copyOfRange(CONTENT, from, to);
  }

  @Test
  void everythingIsReadThatIsThere() throws Exception {
    Slow file = new Slow(CONTENT);
    assertArrayEquals(part(100, 150), Bytes.read(file, 100, 50));
    assertArrayEquals(part(990, 1_000), Bytes.read(file, 990, 50));
    assertArrayEquals(new byte[0], Bytes.read(file, 1_000, 1));
    assertArrayEquals(new byte[0], Bytes.read(file, 2_000, 1));
  }

  @Test
  void everythingIsScannedThatIsThere() throws Exception {
    Slow file = new Slow(CONTENT);
    assertArrayEquals(part(100, 150), scanned(file, 100, 150));
    assertArrayEquals(part(990, 1_000), scanned(file, 990, 1_050));
    assertArrayEquals(new byte[0], scanned(file, 100, 100));
  }

  private static byte[] scanned(FileChannel file, long from, long to) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    long count =
        Bytes.scan(
            file,
            from,
            to,
            bytes -> {
              byte[] some = new byte[bytes.remaining()];
              bytes.get(some);
              seen.writeBytes(some);
            });
    assertEquals(seen.size(), count);
    return seen.toByteArray();
  }

  @Test
  void everythingIsWritten() throws Exception {
    Slow file = new Slow(CONTENT);
    byte[] fresh = Content.of(50, 2).bytes();
    Bytes.writeFully(file, ByteBuffer.wrap(fresh), 980);
    assertEquals(1_030, file.size());
    assertArrayEquals(part(0, 980), Bytes.read(file, 0, 980));
    assertArrayEquals(fresh, Bytes.read(file, 980, 50));
  }
}
