package org.acopio.client.talk;

import java.nio.ByteBuffer;

/** What is expected of the server, and how much of it has come. */
interface Answer {
  /**
   * Takes everything that has come.
   *
   * @throws TalkException {@code DIFFERENT} or {@code TOO_MUCH} when that is not what was expected
   */
  void take(ByteBuffer piece) throws TalkException;

  /** True when nothing more is expected. */
  boolean complete();

  /** How many bytes have come. */
  long bytes();

  /** What has come, as far as it is kept; at most 4,096 characters. */
  String heard();
}
