package org.acopio.client.send;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All sockets of this process to one server. Safe for use by several threads. */
final class Line implements AutoCloseable {
  final ServerAddress address;
  final Set<DialedSocket> sockets = ConcurrentHashMap.newKeySet();

  /** How many hold this line; changed only inside the dialer's map. */
  volatile int holders;

  private final Dialer dialer;
  private final AtomicInteger open;
  private volatile boolean local;
  private volatile boolean over;
  private volatile @Nullable Tls tls;
  private final AtomicInteger dialled = new AtomicInteger();
  private final AtomicLong fastestNanos = new AtomicLong(Long.MAX_VALUE);

  /**
   * @param open counts the sockets of all lines
   */
  Line(Dialer dialer, ServerAddress address, AtomicInteger open) {
    this.dialer = dialer;
    this.address = address;
    this.open = open;
  }

  /** From now on calls go over TLS. */
  void secure(Tls with) {
    tls = with;
  }

  /** How calls are secured; nothing when they are not, which is for this machine only. */
  @Nullable Tls tls() {
    return tls;
  }

  void opened(DialedSocket socket) {
    dialled.incrementAndGet();
    if (sockets.add(socket)) {
      open.incrementAndGet();
    }
  }

  void closed(DialedSocket socket) {
    if (sockets.remove(socket)) {
      open.decrementAndGet();
    }
  }

  /** How many sockets were begun so far. */
  int dialled() {
    return dialled.get();
  }

  /** Nobody holds it any more: its sockets are closed, and so is one that is being dialled now. */
  void end() {
    over = true;
    hangUp();
  }

  /** True when no socket may be opened any more. */
  boolean over() {
    return over;
  }

  /** Closes every socket, which ends every call that waits on one. */
  void hangUp() {
    sockets.forEach(DialedSocket::close);
  }

  /** Closes the sockets that could not write a byte for {@code limit}: their peer is gone. */
  void hangUpStalled(Duration limit) {
    long now = System.nanoTime();
    for (DialedSocket socket : sockets) {
      if (socket.stalled(now, limit)) {
        socket.close();
      }
    }
  }

  /** A socket was connected. */
  void connected(InetAddress peer, long nanos) {
    local = peer.isLoopbackAddress();
    fastestNanos.accumulateAndGet(nanos, Math::min);
  }

  /** True when the server is on this machine. */
  boolean local() {
    return local;
  }

  /** The fastest TCP handshake so far, zero before the first. */
  Duration roundTrip() {
    long nanos = fastestNanos.get();
    return nanos == Long.MAX_VALUE ? Duration.ZERO : Duration.ofNanos(nanos);
  }

  /** Gives the line back. */
  @Override
  public void close() {
    dialer.release(this);
  }
}
