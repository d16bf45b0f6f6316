package org.acopio.client.send;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket of RMI's that notices a dead peer in every state: while it waits for an answer by
 * keep-alive and a read timeout, while it writes because the {@link Line} looks at {@link
 * #stalled}.
 */
final class DialedSocket extends Socket {
  /**
   * RMI writes in pieces of 8 KiB, each a system call; larger ones cost less, and all were flushed
   * when a call waits for its answer.
   */
  private static final int OUTPUT_BYTES = 64 * 1024;

  private static final int HANDSHAKE_MILLIS = (int) RmiSettings.HANDSHAKE.toMillis();

  private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 20,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private final Line line;
  private volatile long writingSince;
  private volatile boolean writing;
  private OutputStream output;
  private InputStream input;

  DialedSocket(Line line) {
    this.line = line;
  }

  /** Sets the options; to be called before the socket is connected. */
  void prepare() throws IOException {
    setTcpNoDelay(true);
    setKeepAlive(true);
    for (Map.Entry<SocketOption<Integer>, Integer> option : KEEP_ALIVE.entrySet()) {
      if (supportedOptions().contains(option.getKey())) {
        setOption(option.getKey(), option.getValue());
      }
    }
  }

  /** True when a write waits for longer than {@code limit}. */
  boolean stalled(long nowNanos, Duration limit) {
    return writing && nowNanos - writingSince > limit.toNanos();
  }

  /** RMI asks for no timeout unless its property was set in time; then this one holds. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    super.setSoTimeout(millis == 0 ? (int) RmiSettings.RESPONSE.toMillis() : millis);
  }

  /**
   * Puts TLS over the connection: from now on the streams of this socket are secure. Everything
   * else stays what it is, so a dead peer is noticed below TLS as well. Closing says no farewell,
   * because that could wait for the same peer; both protocols inside know when they are complete.
   */
  Tls.Layer secure(Tls tls, String protocol) throws IOException {
    super.setSoTimeout(HANDSHAKE_MILLIS);
    Tls.Layer layer = tls.over(this, line.address, protocol);
    super.setSoTimeout(0);
    synchronized (this) {
      input = layer.in();
      output = new BufferedOutputStream(layer.out(), OUTPUT_BYTES);
    }
    return layer;
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    return input == null ? super.getInputStream() : input;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new BufferedOutputStream(new Watched(super.getOutputStream()), OUTPUT_BYTES);
    }
    return output;
  }

  /** Closes; a failure leaves nothing that could still be done. */
  @Override
  public synchronized void close() {
    line.closed(this);
    try {
      super.close();
    } catch (IOException e) {
      // The descriptor is released in any case.
    }
  }

  /**
   * True when a call failed because its socket had been closed on this side before. RMI keeps a
   * socket after a call and gives it to the next; within five milliseconds it does not look whether
   * that is still open ({@code TCPConnection.isDead}). Nothing of the call left this PC then.
   */
  static boolean hungUp(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one instanceof HungUpException) {
        return true;
      }
    }
    return false;
  }

  /** Something was to be written on a socket that is closed. */
  private static final class HungUpException extends SocketException {
    private static final long serialVersionUID = 1L;

    HungUpException() {
      super("the connection was closed on this side before");
    }
  }

  /** Notes when a write begins. */
  private final class Watched extends FilterOutputStream {
    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (isClosed()) {
        throw new HungUpException();
      }
      writingSince = System.nanoTime();
      writing = true;
      try {
        out.write(bytes, offset, length);
      } finally {
        writing = false;
      }
    }
  }
}
