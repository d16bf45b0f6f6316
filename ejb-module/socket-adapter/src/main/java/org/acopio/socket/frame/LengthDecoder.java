package org.acopio.socket.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Four bytes say how long a message is. */
final class LengthDecoder implements FrameDecoder {
  private static final int HEADER_BYTES = 4;
  private static final int UNKNOWN = -1;

  private final int maxFrameBytes;
  private final Partial partial = new Partial();
  private int length = UNKNOWN;

  LengthDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public @Nullable ByteBuffer next(ByteBuffer input) throws FrameException {
    if (length == UNKNOWN && !readLength(input)) {
      return null;
    }
    if (partial.length() == 0 && input.remaining() >= length) {
      return frame(Slices.take(input, length));
    }
    partial.append(input, Math.min(input.remaining(), length - partial.length()));
    return partial.length() == length ? frame(partial.take()) : null;
  }

  private ByteBuffer frame(ByteBuffer whole) {
    length = UNKNOWN;
    return whole;
  }

  private boolean readLength(ByteBuffer input) throws FrameException {
    int declared;
    if (partial.length() == 0 && input.remaining() >= HEADER_BYTES) {
      declared = bigEndian(input);
    } else {
      partial.append(input, Math.min(input.remaining(), HEADER_BYTES - partial.length()));
      if (partial.length() < HEADER_BYTES) {
        return false;
      }
      declared = partial.bigEndianInt();
      partial.clear();
    }
    if (declared < 0 || declared > maxFrameBytes) {
      throw new FrameException(
          "a frame of "
              + Integer.toUnsignedLong(declared)
              + " bytes; at most "
              + maxFrameBytes
              + " are allowed");
    }
    length = declared;
    return true;
  }

  /** Independent of the buffer's own byte order. */
  private static int bigEndian(ByteBuffer input) {
    return (input.get() & 0xff) << 24
        | (input.get() & 0xff) << 16
        | (input.get() & 0xff) << 8
        | input.get() & 0xff;
  }

  @Override
  public @Nullable ByteBuffer end() throws FrameException {
    if (length != UNKNOWN || partial.length() > 0) {
      throw new FrameException("the input ended inside a frame");
    }
    return null;
  }
}
