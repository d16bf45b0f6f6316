package org.acopio.client.talk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that ends with {@code " secs"}, as every answer of the session protocol does. */
final class SessionAnswer implements Answer {
  /** Its answers have some 30 bytes. */
  private static final int MOST_BYTES = 4096;

  private static final byte[] END = " secs".getBytes(StandardCharsets.US_ASCII);

  private final byte[] kept = new byte[MOST_BYTES];
  private int bytes;

  @Override
  public void take(ByteBuffer piece) throws TalkException {
    if (piece.remaining() > MOST_BYTES - bytes) {
      throw new TalkException(TalkException.Kind.TOO_MUCH, bytes, heard());
    }
    int length = piece.remaining();
    piece.get(kept, bytes, length);
    bytes += length;
  }

  @Override
  public boolean complete() {
    return bytes >= END.length
        && Arrays.equals(kept, bytes - END.length, bytes, END, 0, END.length);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public String heard() {
    return new String(kept, 0, bytes, StandardCharsets.UTF_8);
  }
}
