package org.acopio.client.talk;

import java.nio.ByteBuffer;

/** An answer that nobody waits for. */
final class Ignored implements Answer {
  private long bytes;

  @Override
  public void take(ByteBuffer piece) {
    bytes += piece.remaining();
  }

  @Override
  public boolean complete() {
    return true;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public String heard() {
    return "";
  }
}
