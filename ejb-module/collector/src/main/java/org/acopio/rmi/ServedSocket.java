package org.acopio.rmi;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection as RMI has it. Says to the thread of a call which one it came over.
 *
 * <p>It has no {@link #getInetAddress address}: a registry whose callers have none lets nobody bind
 * or unbind, not even a process of this machine, which the JDK's otherwise would.
 */
final class ServedSocket extends LayeredSocket {
  /** RMI serves a call with the thread that has read it from its connection. */
  private static final ThreadLocal<@Nullable Arrival> SERVED = new ThreadLocal<>();

  private final Arrival arrival;
  private @Nullable InputStream input;

  ServedSocket(Arrival arrival, Socket below) {
    super(below);
    this.arrival = arrival;
  }

  /** The connection whose call this thread serves. */
  static Optional<Arrival> served() {
    return Optional.ofNullable(SERVED.get());
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (input == null) {
      input = new Told(below.getInputStream());
    }
    return input;
  }

  /**
   * Without a farewell of TLS, which would wait for that of a peer that may be gone. RMI's thread
   * does this when it has served the last call, and goes on to other connections or waits for one.
   */
  @Override
  public void close() {
    SERVED.remove();
    arrival.close();
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return null;
  }

  private final class Told extends FilterInputStream {
    Told(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      SERVED.set(arrival);
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      SERVED.set(arrival);
      return in.read(bytes, offset, length);
    }
  }
}
