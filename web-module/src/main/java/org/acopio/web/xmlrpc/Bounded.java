package org.acopio.web.xmlrpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/** A stream that fails when more bytes come than may. */
final class Bounded extends FilterInputStream {
  private final String what;
  private final int limit;
  private long left;

  /**
   * @param what the bytes, for the message, such as {@code the document}
   */
  Bounded(InputStream in, String what, int limit) {
    super(in);
    this.what = what;
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read >= 0) {
      take(1);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      take(read);
    }
    return read;
  }

  private void take(int bytes) throws Exceeded {
    left -= bytes;
    if (left < 0) {
      throw new Exceeded(
          what + " has more than " + limit + " bytes (acopio.xmlrpc.max-bytes); send less at once");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** More bytes came than may. */
  static final class Exceeded extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    Exceeded(String message) {
      super(message);
    }
  }
}
