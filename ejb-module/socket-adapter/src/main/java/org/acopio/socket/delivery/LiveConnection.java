package org.acopio.socket.delivery;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import javax.net.ssl.SSLSession;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.tls.TlsServer;
import org.jspecify.annotations.Nullable;

/**
 * What every connection knows of itself, whichever kind of concurrency serves it. What has arrived
 * is counted by one thread at a time, what is written by any.
 */
public abstract class LiveConnection implements TcpConnection {
  private static final AtomicLongFieldUpdater<LiveConnection> WRITTEN =
      AtomicLongFieldUpdater.newUpdater(LiveConnection.class, "bytesWritten");
  private static final AtomicReferenceFieldUpdater<LiveConnection, CloseReason> REASON =
      AtomicReferenceFieldUpdater.newUpdater(LiveConnection.class, CloseReason.class, "reason");

  private final Port port;
  private final long id;
  private final Instant openedAt = Instant.now();
  private final long openedNanos = System.nanoTime();
  private volatile InetSocketAddress remote;
  private volatile InetSocketAddress local;
  private volatile boolean undecided;
  private volatile boolean secure;
  private volatile List<X509Certificate> certificates = List.of();
  private volatile long ageNanos = -1;
  private volatile long messagesRead;
  private volatile long bytesRead;
  private volatile long bytesWritten;
  private volatile @Nullable Object attachment;
  private volatile @Nullable Object group;
  private volatile @Nullable CloseReason reason;

  protected LiveConnection(Port port, InetSocketAddress remote, InetSocketAddress local) {
    this.port = port;
    this.id = port.nextConnectionId();
    this.remote = remote;
    this.local = local;
    this.undecided =
        port.settings().tls().filter(tls -> tls.exempts(remote.getAddress())).isPresent();
  }

  public final Port port() {
    return port;
  }

  @Override
  public final long id() {
    return id;
  }

  @Override
  public final String endpoint() {
    return port.settings().name();
  }

  @Override
  public final InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public final InetSocketAddress localAddress() {
    return local;
  }

  /** Puts what a PROXY header said in place of the socket's own addresses. */
  protected final void readdress(InetSocketAddress source, InetSocketAddress destination) {
    remote = source;
    local = destination;
  }

  @Override
  public final boolean secure() {
    return secure;
  }

  /**
   * Whether the first byte has still to tell TLS from plain, because the peer of the socket is free
   * to choose.
   */
  public final boolean undecided() {
    return undecided;
  }

  /** The first byte is there, or there will be none. */
  public final void decided() {
    undecided = false;
  }

  /** The TLS handshake has ended well; before the listener hears of the connection. */
  protected final void secured(SSLSession session) {
    certificates = TlsServer.clientCertificates(session);
    secure = true;
  }

  @Override
  public final List<X509Certificate> certificates() {
    return certificates;
  }

  @Override
  public final Instant openedAt() {
    return openedAt;
  }

  @Override
  public final Duration age() {
    long still = ageNanos;
    return Duration.ofNanos(still >= 0 ? still : System.nanoTime() - openedNanos);
  }

  /** When it was accepted, by the monotonic clock. */
  protected final long openedNanos() {
    return openedNanos;
  }

  @Override
  public final long messagesRead() {
    return messagesRead;
  }

  @Override
  public final long bytesRead() {
    return bytesRead;
  }

  @Override
  public final long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public final void attach(@Nullable Object attached) {
    attachment = attached;
  }

  @Override
  public final @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public final void joinGroup(Object key) {
    group = key;
  }

  /** What it joined last. */
  public final @Nullable Object group() {
    return group;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // One thread at a time delivers.
  protected final void countMessage() {
    messagesRead++;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // One thread at a time reads.
  protected final void countRead(int bytes) {
    bytesRead += bytes;
    port.figures().read(bytes);
  }

  protected final void countMessages(int count) {
    port.figures().messages(count);
  }

  protected final void countWritten(int bytes) {
    WRITTEN.addAndGet(this, bytes);
    port.figures().written(bytes);
  }

  /** The first reason stands. */
  protected final boolean because(CloseReason why) {
    return REASON.compareAndSet(this, null, why);
  }

  /** A break takes the place of an orderly reason whose bytes it lost. */
  protected final void broken() {
    reason = CloseReason.RESET;
  }

  /** Whether there is a reason for its end. */
  protected final boolean ending() {
    return reason != null;
  }

  /** Why it ended; {@code RESET} when nobody said anything else. */
  protected final CloseReason reason() {
    CloseReason said = reason;
    return said == null ? CloseReason.RESET : said;
  }

  protected final void countOpened() {
    port.figures().opened();
  }

  protected final void countClosed() {
    port.figures().closed(reason());
  }

  /** Lets its age stand still. */
  protected final void stopAge() {
    if (ageNanos < 0) {
      ageNanos = System.nanoTime() - openedNanos;
    }
  }
}
