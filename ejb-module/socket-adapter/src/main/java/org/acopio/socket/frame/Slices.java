package org.acopio.socket.frame;

import java.nio.ByteBuffer;

/** Views of the input, which cost no copy. */
final class Slices {
  private Slices() {}

  /** The next bytes as a read-only view; the input moves past them. */
  static ByteBuffer take(ByteBuffer input, int length) {
    ByteBuffer view = input.asReadOnlyBuffer();
    int end = input.position() + length;
    view.limit(end);
    input.position(end);
    return view;
  }
}
