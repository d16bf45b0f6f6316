package org.acopio.socket.frame;

/** What a message is on the wire. */
public enum Framing {
  /** What one read brought, in pieces of at most the limit. */
  RAW,
  /** A line with its line end, LF or CRLF; at the end of the input also one without. */
  LINE,
  /** Four bytes with the length, unsigned and big-endian, then that many bytes. */
  LENGTH;

  /**
   * A decoder for one connection.
   *
   * @param maxFrameBytes the most that a message may have, with its line end, without its length
   */
  public FrameDecoder decoder(int maxFrameBytes) {
    return switch (this) {
      case RAW -> new RawDecoder(maxFrameBytes);
      case LINE -> new LineDecoder(maxFrameBytes);
      case LENGTH -> new LengthDecoder(maxFrameBytes);
    };
  }
}
