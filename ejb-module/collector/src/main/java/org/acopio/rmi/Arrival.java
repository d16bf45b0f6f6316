package org.acopio.rmi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.acopio.identity.Identities.Certified;
import org.acopio.session.EndReason;
import org.acopio.session.Link;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the port of RMI from its acceptance to its end: a session all that time, whoever
 * serves it. Counts what passes on the wire. Thread-safe.
 */
final class Arrival implements Link {
  private static final Logger LOG = System.getLogger(Arrival.class.getName());

  final SocketChannel channel;
  private final InetSocketAddress remote;
  private final int port;
  private final Instant openedAt = Instant.now();
  private final long openedNanos = System.nanoTime();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean answered;
  private volatile long writingSince;
  private volatile EndReason ending = EndReason.LOCAL;
  private volatile @Nullable Session session;
  private volatile @Nullable Certified certified;
  private volatile Consumer<Arrival> whenOver = arrival -> {};

  /** Ends the connection of an identity that was revoked. */
  final Runnable revoke = () -> end(EndReason.ADMINISTRATOR);

  Arrival(SocketChannel channel) throws IOException {
    this.channel = channel;
    remote = (InetSocketAddress) channel.getRemoteAddress();
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Enters the connection into the registry; {@code after} is done when it is over. */
  void enter(Sessions sessions, Consumer<Arrival> after) {
    whenOver = after;
    Session entered = sessions.open(SessionKind.RMI, this);
    session = entered;
    if (over.get()) {
      // Somebody closed it before it knew its session.
      entered.ended(ending);
    }
  }

  InetAddress address() {
    return remote.getAddress();
  }

  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** The PC that showed its certificate. */
  Optional<Certified> certified() {
    return Optional.ofNullable(certified);
  }

  void certified(Certified by) {
    certified = by;
  }

  boolean isOver() {
    return over.get();
  }

  /** Bytes came. After an answer they begin a request: RMI sends one and waits. */
  void read(int bytes) {
    bytesRead.addAndGet(bytes);
    if (answered) {
      answered = false;
      requests.incrementAndGet();
    }
  }

  /** Bytes are about to leave: whoever has them finds them counted. */
  void writing(int bytes) {
    bytesWritten.addAndGet(bytes);
    answered = true;
    writingSince = System.nanoTime() | 1; // Never zero.
  }

  /** They have left, or will not. */
  void written() {
    writingSince = 0;
  }

  /** Whether the peer has taken nothing of what is being written for so long. */
  boolean isStuck(long now, Duration limit) {
    long since = writingSince;
    return since != 0 && now - since > limit.toNanos();
  }

  /** Says why the connection ends when it does; what comes after its end says nothing. */
  void ending(EndReason reason) {
    if (!over.get()) {
      ending = reason;
    }
  }

  /** Ends it for this reason. */
  void end(EndReason reason) {
    ending(reason);
    close();
  }

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
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} does not close: {1}", remote, e.toString());
    } finally {
      Session entered = session;
      if (entered != null) {
        entered.ended(ending);
      }
      whenOver.accept(this);
    }
  }
}
