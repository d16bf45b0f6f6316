package org.acopio.client.talk;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.acopio.client.talk.TalkException.Kind;
import org.jspecify.annotations.Nullable;

/** A TCP connection on which nothing is waited for without limit. For one thread at a time. */
final class PlainConnection implements AutoCloseable {
  private static final int PIECE_BYTES = 4096;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration patience;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

  private PlainConnection(SocketChannel channel, Selector selector, Duration patience)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * A connection to the first of the server's addresses that takes one.
   *
   * @param patience how long the connection, and later each answer as a whole, is waited for
   */
  static PlainConnection open(String host, int port, Duration patience) throws TalkException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      TalkException failure = null;
      for (InetAddress address : InetAddress.getAllByName(host)) {
        try {
          return open(new InetSocketAddress(address, port), end, patience);
        } catch (TalkException e) {
          failure = failure == null ? e : failure;
        }
      }
      throw failure == null ? new TalkException(Kind.UNKNOWN_HOST, 0, "") : failure;
    } catch (UnknownHostException e) {
      throw new TalkException(Kind.UNKNOWN_HOST, 0, "", e);
    }
  }

  private static PlainConnection open(InetSocketAddress address, long end, Duration patience)
      throws TalkException {
    SocketChannel channel = null;
    Selector selector = null;
    boolean opened = false;
    try {
      channel = SocketChannel.open();
      channel.socket().connect(address, (int) Math.max(1, millisUntil(end)));
      selector = Selector.open();
      PlainConnection connection = new PlainConnection(channel, selector, patience);
      opened = true;
      return connection;
    } catch (ConnectException e) {
      throw new TalkException(Kind.NO_ANSWER, 0, "", e);
    } catch (SocketTimeoutException e) {
      throw new TalkException(Kind.TIMEOUT, 0, "", e);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      if (!opened) {
        release(selector);
        release(channel);
      }
    }
  }

  private static TalkException failed(IOException e) {
    return new TalkException(Kind.FAILED, 0, String.valueOf(e.getMessage()), e);
  }

  private static void release(@Nullable AutoCloseable half) {
    try {
      if (half != null) {
        half.close();
      }
    } catch (Exception e) {
      // The descriptor is released in any case.
    }
  }

  /**
   * Sends a message and returns when its answer is complete. Sends and takes at the same time: a
   * server that answers while it still reads would otherwise wait for this side as this side for
   * it.
   */
  void exchange(byte[] message, Answer answer) throws TalkException {
    ByteBuffer rest = ByteBuffer.wrap(message);
    long end = System.nanoTime() + patience.toNanos();
    while (rest.hasRemaining() || !answer.complete()) {
      await(rest.hasRemaining(), end, answer);
      try {
        // What a server said before it ended the connection comes before the failure to write.
        if (key.isReadable() && !take(answer)) {
          throw ended(answer, null);
        }
        if (key.isWritable()) {
          channel.write(rest);
        }
      } catch (IOException e) {
        throw ended(answer, e);
      }
    }
  }

  /** Takes what has come without having been asked for; waits for nothing. */
  void look(Answer answer) throws TalkException {
    try {
      if (!take(answer)) {
        throw new TalkException(Kind.ENDED, answer.bytes(), answer.heard());
      }
    } catch (IOException e) {
      throw new TalkException(Kind.ENDED, answer.bytes(), answer.heard(), e);
    }
  }

  /**
   * Tells the server that nothing more comes, and waits until it has understood, or for so long.
   * Closing with something unread would reach the server as an error.
   */
  void leave(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      channel.shutdownOutput();
      key.interestOps(SelectionKey.OP_READ);
      while (channel.read(piece.clear()) >= 0 && millisUntil(end) > 0 && !interrupted()) {
        select(millisUntil(end));
      }
    } catch (IOException e) {
      // A server that is gone has understood.
    }
  }

  /** False at the end of what the server sends. */
  private boolean take(Answer answer) throws IOException, TalkException {
    int read = channel.read(piece.clear());
    if (read > 0) {
      answer.take(piece.flip());
    }
    return read >= 0;
  }

  private void await(boolean sending, long end, Answer answer) throws TalkException {
    key.interestOps(SelectionKey.OP_READ | (sending ? SelectionKey.OP_WRITE : 0));
    long left = millisUntil(end);
    if (left <= 0) {
      throw new TalkException(Kind.SLOW, answer.bytes(), answer.heard());
    }
    try {
      select(left);
    } catch (IOException e) {
      throw failed(e);
    }
    if (interrupted()) {
      throw new TalkException(Kind.INTERRUPTED, answer.bytes(), answer.heard());
    }
  }

  private void select(long millis) throws IOException {
    selector.select(Math.max(1, millis));
    selector.selectedKeys().clear();
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private static TalkException ended(Answer answer, @Nullable IOException cause) {
    return new TalkException(Kind.ENDED_EARLY, answer.bytes(), answer.heard(), cause);
  }

  private static long millisUntil(long end) {
    return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
  }

  @Override
  public void close() {
    release(selector);
    release(channel);
  }
}
