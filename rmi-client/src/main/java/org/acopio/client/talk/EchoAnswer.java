package org.acopio.client.talk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes that were sent, once more. They are compared as they come, and not kept. */
final class EchoAnswer implements Answer {
  /** How much of a wrong echo is worth showing. */
  private static final int SHOWN_BYTES = 60;

  private final ByteBuffer expected;

  EchoAnswer(byte[] message) {
    this.expected = ByteBuffer.wrap(message);
  }

  @Override
  public void take(ByteBuffer piece) throws TalkException {
    int mismatch = expected.mismatch(piece);
    int same = mismatch < 0 ? piece.remaining() : mismatch;
    expected.position(expected.position() + same);
    piece.position(piece.position() + same);
    if (piece.hasRemaining()) {
      throw new TalkException(
          complete() ? TalkException.Kind.TOO_MUCH : TalkException.Kind.DIFFERENT,
          bytes(),
          beginning(piece));
    }
  }

  private static String beginning(ByteBuffer piece) {
    byte[] shown = new byte[Math.min(SHOWN_BYTES, piece.remaining())];
    piece.get(shown);
    return new String(shown, StandardCharsets.UTF_8);
  }

  @Override
  public boolean complete() {
    return !expected.hasRemaining();
  }

  @Override
  public long bytes() {
    return expected.position();
  }

  @Override
  public String heard() {
    return "";
  }
}
