package org.acopio.socket.thread;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A client that is turned away so that it learns why: the text, the end of the output, then what it
 * sends is thrown away for a moment. A socket that is closed with bytes unread would answer with a
 * reset, which may reach the client before the text does. Costs no thread; used by the lobby's
 * only.
 */
final class Farewell {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SocketChannel channel;
  private final long until = System.nanoTime() + MOST_NANOS;

  Farewell(SocketChannel channel) {
    this.channel = channel;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Says what fits into an empty socket at once, which any text of a sensible length does. */
  void say(byte[] text) throws IOException {
    channel.write(ByteBuffer.wrap(text));
    channel.shutdownOutput();
  }

  /**
   * Whether the client has ended too, as far as can be read now.
   *
   * @param thrownAway for what is read; its content is of no use to anybody
   */
  boolean ended(ByteBuffer thrownAway) throws IOException {
    return channel.read(thrownAway.clear()) < 0;
  }

  boolean late(long now) {
    return now - until >= 0;
  }
}
