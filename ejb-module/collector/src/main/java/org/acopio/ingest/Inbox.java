package org.acopio.ingest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes that have arrived and are not used yet. Takes memory for what is there, never for what
 * is announced. Not thread-safe.
 */
final class Inbox {
  /** What a quiet connection keeps at most. */
  private static final int KEPT_BYTES = 1 << 14;

  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  int size() {
    return end - start;
  }

  /** How much memory is taken. */
  int capacity() {
    return bytes.length;
  }

  void add(ByteBuffer arrived) {
    int count = arrived.remaining();
    room(count);
    arrived.get(bytes, end, count);
    end += count;
  }

  /** A byte that stays where it is. */
  byte peek(int index) {
    return bytes[start + index];
  }

  /** Four bytes that stay where they are, as an unsigned number. */
  long peekLength() {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes, start, Integer.BYTES).getInt());
  }

  /** Takes the next bytes out; they share this memory and are valid until the next {@link #add}. */
  ByteBuffer take(int count) {
    ByteBuffer taken = ByteBuffer.wrap(bytes, start, count).slice();
    start += count;
    return taken;
  }

  /**
   * Gives memory back that the last bytes did not need. What was taken before is no longer valid.
   *
   * @param needed how many bytes were there before they were taken
   */
  void trim(int needed) {
    if (bytes.length > KEPT_BYTES && bytes.length / 4 > needed) {
      bytes = Arrays.copyOfRange(bytes, start, end);
      end -= start;
      start = 0;
    }
  }

  /** Forgets everything. */
  void clear() {
    bytes = new byte[0];
    start = 0;
    end = 0;
  }

  private void room(int count) {
    if (count <= bytes.length - end) {
      return;
    }
    int size = size();
    int needed = Math.addExact(size, count);
    byte[] target = needed <= bytes.length ? bytes : new byte[Math.max(needed, bytes.length * 2)];
    System.arraycopy(bytes, start, target, 0, size);
    bytes = target;
    start = 0;
    end = size;
  }
}
