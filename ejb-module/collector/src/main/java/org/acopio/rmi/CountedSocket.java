package org.acopio.rmi;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.session.EndReason;
import org.acopio.session.Link;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * A connection that RMI accepted, which is a session until it is closed. Counts bytes once for each
 * system call, and as messages the requests: RMI sends one and then waits for its answer.
 *
 * <p>Reads much at a time. RMI itself asks for 8 KiB, and each of its reads is two or three system
 * calls, since it sets a timeout.
 */
final class CountedSocket extends Socket {
  private static final Logger LOG = System.getLogger(CountedSocket.class.getName());
  private static final int INPUT_BYTES = 128 * 1024;

  /** RMI serves a call with the thread that has read it from its connection. */
  private static final ThreadLocal<@Nullable Session> SERVED = new ThreadLocal<>();

  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean answered;
  private volatile EndReason ending = EndReason.LOCAL;
  private volatile @Nullable Session session;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  /** The session whose call this thread serves. */
  static Optional<Session> served() {
    return Optional.ofNullable(SERVED.get());
  }

  /** Enters the connection, which is there now, into the registry. */
  void enter(Sessions sessions) {
    Session entered = sessions.open(SessionKind.RMI, new Accepted());
    session = entered;
    if (isClosed()) {
      // Somebody closed it before it knew its session.
      entered.ended(ending);
    }
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (input == null) {
      input = new BufferedInputStream(new CountedInput(super.getInputStream()), INPUT_BYTES);
    }
    return input;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new CountedOutput(super.getOutputStream());
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      Session entered = session;
      if (entered != null) {
        entered.ended(ending);
      }
    }
  }

  private IOException broken(IOException failure) {
    // What happens after it was closed here is no reason for the end.
    if (!isClosed()) {
      boolean late = failure instanceof SocketTimeoutException;
      EndReason silent = bytesRead.get() == 0 ? EndReason.FIRST_BYTE : EndReason.IDLE;
      ending = late ? silent : EndReason.RESET;
    }
    return failure;
  }

  private final class CountedInput extends FilterInputStream {
    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int read = in.read(bytes, offset, length);
        count(read);
        return read;
      } catch (IOException e) {
        throw broken(e);
      }
    }

    private void count(int read) {
      if (read < 0) {
        ending = EndReason.PEER;
        return;
      }
      bytesRead.addAndGet(read);
      SERVED.set(session);
      if (answered) {
        answered = false;
        requests.incrementAndGet();
      }
    }
  }

  private final class CountedOutput extends FilterOutputStream {
    CountedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      // Before it leaves: whoever has the answer finds it counted.
      bytesWritten.addAndGet(length);
      answered = true;
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  /** The connection as the registry sees it; addresses stay when it is closed. */
  private final class Accepted implements Link {
    private final InetSocketAddress remote = (InetSocketAddress) getRemoteSocketAddress();
    private final int port = getLocalPort();
    private final Instant openedAt = Instant.now();
    private final long openedNanos = System.nanoTime();

    @Override
    public InetSocketAddress remoteAddress() {
      return remote;
    }

    @Override
    public int localPort() {
      return port;
    }

    @Override
    public Instant openedAt() {
      return openedAt;
    }

    @Override
    public Duration age() {
      return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    @Override
    public long messages() {
      return requests.get();
    }

    @Override
    public long bytesRead() {
      return bytesRead.get();
    }

    @Override
    public long bytesWritten() {
      return bytesWritten.get();
    }

    @Override
    public void close() {
      try {
        CountedSocket.this.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "{0} does not close: {1}", remote, e.toString());
      }
    }
  }
}
