package org.acopio.socket.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Every read is a message. */
final class RawDecoder implements FrameDecoder {
  private final int maxFrameBytes;

  RawDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public @Nullable ByteBuffer next(ByteBuffer input) {
    int length = Math.min(input.remaining(), maxFrameBytes);
    return length == 0 ? null : Slices.take(input, length);
  }

  @Override
  public @Nullable ByteBuffer end() {
    return null;
  }
}
