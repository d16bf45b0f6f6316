package org.acopio.socket.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A line feed ends a message and belongs to it. */
final class LineDecoder implements FrameDecoder {
  private final int maxFrameBytes;
  private final Partial partial = new Partial();

  LineDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public @Nullable ByteBuffer next(ByteBuffer input) throws FrameException {
    int allowed = Math.min(input.remaining(), maxFrameBytes - partial.length());
    int line = lineLength(input, allowed);
    if (line == 0 && input.remaining() > allowed) {
      throw new FrameException("a line of more than " + maxFrameBytes + " bytes");
    }
    if (line > 0 && partial.length() == 0) {
      return Slices.take(input, line);
    }
    partial.append(input, line > 0 ? line : allowed);
    return line > 0 ? partial.take() : null;
  }

  /** Bytes up to and with the first line feed; 0 if there is none within the limit. */
  private static int lineLength(ByteBuffer input, int allowed) {
    int start = input.position();
    for (int i = 0; i < allowed; i++) {
      if (input.get(start + i) == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public @Nullable ByteBuffer end() {
    return partial.length() == 0 ? null : partial.take();
  }
}
