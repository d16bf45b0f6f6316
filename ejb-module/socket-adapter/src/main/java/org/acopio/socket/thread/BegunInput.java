package org.acopio.socket.thread;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A socket's input of which one byte was read already. The first read gives that byte together with
 * what has arrived behind it, so that a message that came as a whole stays whole, and never waits
 * for more.
 */
final class BegunInput extends FilterInputStream {
  private static final int GIVEN = -1;

  private int first;

  BegunInput(int first, InputStream rest) {
    super(rest);
    this.first = first;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (first == GIVEN || length == 0) {
      return in.read(bytes, from, length);
    }
    bytes[from] = (byte) first;
    first = GIVEN;
    int more = Math.min(length - 1, in.available());
    return more == 0 ? 1 : 1 + Math.max(0, in.read(bytes, from + 1, more));
  }
}
