package org.acopio.web.ports;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection of a load, which speaks the session protocol in lines. For one thread. */
final class LoadClient {
  private static final byte[] LINE = "carga\n".getBytes(StandardCharsets.US_ASCII);

  final LoadLane lane;
  private final SocketChannel channel;
  private final ByteBuffer buffer;
  private long sentNanos;
  private boolean waiting;
  private boolean connected;
  private boolean over;

  /** When its next line is due, by {@link System#nanoTime}. */
  long due;

  /**
   * Begins to connect.
   *
   * @param buffer for what is read; shared, since nothing stays in it
   */
  LoadClient(LoadLane lane, Selector selector, ByteBuffer buffer) throws IOException {
    this.lane = lane;
    this.buffer = buffer;
    this.channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_CONNECT, this);
      channel.connect(lane.server);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  boolean connected() {
    return connected;
  }

  boolean over() {
    return over;
  }

  /** Takes what has happened on the connection. */
  void ready(SelectionKey key, long now) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(lane.header));
        connected = true;
        lane.settled++;
        lane.open++;
        due = now;
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        read(now);
      }
    } catch (IOException e) {
      end();
    }
  }

  /** Sends the next line, unless the one before has no answer yet. */
  void send(long now) {
    if (over || waiting) {
      return;
    }
    try {
      // A line fits into the buffer of a connection that has nothing else in it.
      if (channel.write(ByteBuffer.wrap(LINE)) < LINE.length) {
        end();
        return;
      }
      sentNanos = now;
      waiting = true;
      lane.sent++;
    } catch (IOException e) {
      end();
    }
  }

  private void read(long now) throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    if (read < 0) {
      end();
    } else if (read > 0 && waiting && buffer.get(read - 1) == '\n') {
      waiting = false;
      lane.answered++;
      lane.latencies.add(now - sentNanos);
    }
  }

  /** The server did not let it in, or ended it. */
  private void end() {
    if (!over) {
      if (connected) {
        lane.lost++;
      } else {
        lane.failed++;
        lane.settled++;
      }
      close();
    }
  }

  /** Ends the connection for good; repeating it is harmless. */
  void close() {
    if (over) {
      return;
    }
    over = true;
    lane.open -= connected ? 1 : 0;
    try {
      channel.close();
    } catch (IOException e) {
      lane.failed++;
    }
  }
}
