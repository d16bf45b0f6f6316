package org.acopio.socket.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The beginning of a message that is not complete yet. */
final class Partial {
  private static final byte[] NONE = {};
  private static final int FIRST_BYTES = 256;

  /** Memory of a message of this size or less is kept for the next one. */
  private static final int KEPT_BYTES = 4096;

  private byte[] bytes = NONE;
  private int length;

  int length() {
    return length;
  }

  void append(ByteBuffer input, int count) {
    if (length + count > bytes.length) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(doubled, FIRST_BYTES), length + count));
    }
    input.get(bytes, length, count);
    length += count;
  }

  int bigEndianInt() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** All of it as a read-only view that stands until the next append; empty afterwards. */
  ByteBuffer take() {
    ByteBuffer whole = ByteBuffer.wrap(bytes, 0, length).asReadOnlyBuffer();
    clear();
    return whole;
  }

  void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = NONE;
    }
  }
}
