package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.acopio.storage.UploadJournal.Entry;

/** Reads and writes whole runs of bytes at their places in an open file. */
final class Bytes {
  private static final int CHUNK = 1 << 18;

  private Bytes() {}

  /** Takes bytes one after the other. */
  interface Sink {
    void take(ByteBuffer bytes);
  }

  /** Writes all bytes that remain, from {@code offset} on. */
  static void writeFully(FileChannel out, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  /**
   * Hands the bytes {@code [from, to)} to the sink, in order.
   *
   * @return how many there were; fewer than asked for when the file ends before {@code to}
   */
  static long scan(FileChannel in, long from, long to, Sink sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(CHUNK, to - from));
    long at = from;
    while (at < to) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      int count = in.read(buffer, at);
      if (count < 0) {
        break;
      }
      at += count;
      sink.take(buffer.flip());
    }
    return at - from;
  }

  /** Up to {@code length} bytes from {@code offset} on; fewer when the file ends there. */
  static byte[] read(FileChannel in, long offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, in.size() - offset));
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining() && in.read(bytes, offset + bytes.position()) >= 0) {
      continue;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** True when the block is in the file as it was when it was acknowledged. */
  static boolean holds(FileChannel in, Entry.Block block) throws IOException {
    CRC32C crc = new CRC32C();
    long read = scan(in, block.offset(), block.end(), crc::update);
    return read == block.length() && (int) crc.getValue() == block.crc32c();
  }
}
