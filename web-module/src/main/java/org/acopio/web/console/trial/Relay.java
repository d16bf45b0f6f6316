package org.acopio.web.console.trial;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP connection to a port of this server, made for a browser, which cannot make one. What the
 * browser sends goes in, what comes back goes to it. Bounded: at most {@value #MAX_BYTES} bytes
 * each way. Thread-safe.
 */
final class Relay implements Closeable {
  /** Small enough for the buffers of the sockets, so that sending never waits for long. */
  static final int MAX_BYTES = 1 << 20;

  /** The most bytes that the browser sends at once, and that come to it at once. */
  static final int MAX_PIECE = 4_096;

  /** What the other side of a relay is told. */
  interface Listener {
    /** Bytes came, from position to limit; to be taken before this returns. */
    void received(ByteBuffer bytes) throws IOException;

    /** Nothing more comes; said once, also after {@link #close}. */
    void ended(Ending ending);
  }

  /** Why a relay is over. */
  enum Ending {
    /** The server ended the connection, as after {@code SALIR}. */
    SERVER,
    /** The browser asked for it, or is gone. */
    BROWSER,
    /** {@value #MAX_BYTES} bytes passed one way. */
    LIMIT,
    /** The connection broke. */
    BROKEN
  }

  private static final Logger LOG = System.getLogger(Relay.class.getName());
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket socket;
  private final Listener listener;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicBoolean told = new AtomicBoolean();

  private Relay(Socket socket, Listener listener) {
    this.socket = socket;
    this.listener = listener;
  }

  /**
   * Connects.
   *
   * @throws IOException when the port does not take it
   */
  static Relay open(InetSocketAddress server, Listener listener) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(server, CONNECT_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new Relay(socket, listener);
  }

  /** The address and port by which the server knows this connection. */
  InetSocketAddress client() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Hands on what comes until the connection is over; for a thread of its own. */
  void pump() {
    byte[] piece = new byte[MAX_PIECE];
    long received = 0;
    Ending ending = Ending.SERVER;
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        received += n;
        listener.received(ByteBuffer.wrap(piece, 0, n));
        if (received > MAX_BYTES) {
          ending = Ending.LIMIT;
          break;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection of the page ended", e);
      ending = Ending.BROKEN;
    }
    end(ending);
  }

  /** Sends bytes to the server; ends the relay when it cannot, or when they are too many. */
  void send(ByteBuffer bytes) {
    if (sent.addAndGet(bytes.remaining()) > MAX_BYTES) {
      end(Ending.LIMIT);
      return;
    }
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    try {
      socket.getOutputStream().write(piece);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the server ended a connection of the page", e);
      end(Ending.BROKEN);
    }
  }

  /** Ends the connection as the browser wishes. */
  @Override
  public void close() {
    end(Ending.BROWSER);
  }

  private void end(Ending ending) {
    if (!told.compareAndSet(false, true)) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a connection of the page does not close", e);
    }
    listener.ended(ending);
  }
}
