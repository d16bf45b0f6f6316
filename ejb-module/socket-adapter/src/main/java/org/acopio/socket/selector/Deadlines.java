package org.acopio.socket.selector;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.acopio.socket.settings.EndpointSettings;

/**
 * The deadlines of one connection. They look at counters when they are asked, so that a byte costs
 * nothing when it passes; silence is noticed up to one sweep late.
 */
final class Deadlines {
  /** For the last bytes of a closing connection where no idle deadline is set. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EndpointSettings settings;
  private long since;
  private long lastPassed;
  private long bytesRead;
  private long sent;

  Deadlines(EndpointSettings settings, long now) {
    this.settings = settings;
    this.since = now;
    this.lastPassed = now;
  }

  void opened(long now) {
    since = now;
    lastPassed = now;
  }

  /** The peer is given the whole time for what is sent last. */
  void restart(long now) {
    lastPassed = now;
  }

  boolean handshakeOver(long now) {
    return over(settings.handshakeTimeout(), now - since);
  }

  boolean firstByteOver(long now, long read) {
    return read == 0 && over(settings.firstByteTimeout(), now - since);
  }

  boolean idle(long now, long read, long nowSent) {
    if (read != bytesRead || nowSent != sent) {
      bytesRead = read;
      sent = nowSent;
      lastPassed = now;
    }
    return over(settings.idleTimeout(), now - lastPassed);
  }

  /** Whether the last bytes do not leave. */
  boolean stuck(long now, long nowSent) {
    if (nowSent != sent) {
      sent = nowSent;
      lastPassed = now;
    }
    return settings.idleTimeout().isZero()
        ? now - lastPassed >= STUCK_NANOS
        : over(settings.idleTimeout(), now - lastPassed);
  }

  private static boolean over(Duration deadline, long nanos) {
    return !deadline.isZero() && nanos >= deadline.toNanos();
  }
}
