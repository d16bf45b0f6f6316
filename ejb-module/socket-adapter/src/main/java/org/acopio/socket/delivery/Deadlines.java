package org.acopio.socket.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.acopio.socket.settings.EndpointSettings;

/**
 * The deadlines of one connection. They look at counters when they are asked, so that a byte costs
 * nothing when it passes; silence is noticed up to one sweep late. Not thread-safe.
 */
public final class Deadlines {
  private static final long LONGEST_SWEEP_MILLIS = 1_000;
  private static final long SHORTEST_SWEEP_MILLIS = 10;
  private static final int SWEEPS_PER_DEADLINE = 8;

  /** For the last bytes of a closing connection where no idle deadline is set. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EndpointSettings settings;
  private long since;
  private long lastPassed;
  private long bytesRead;
  private long sent;

  public Deadlines(EndpointSettings settings, long now) {
    this.settings = settings;
    this.since = now;
    this.lastPassed = now;
  }

  /** How often to ask, so that a deadline is passed by an eighth of it or a second at most. */
  public static long sweepMillis(EndpointSettings settings) {
    return Stream.of(
            settings.firstByteTimeout(), settings.idleTimeout(), settings.handshakeTimeout())
        .filter(deadline -> !deadline.isZero())
        .mapToLong(deadline -> deadline.toMillis() / SWEEPS_PER_DEADLINE)
        .map(interval -> Math.max(SHORTEST_SWEEP_MILLIS, interval))
        .reduce(LONGEST_SWEEP_MILLIS, Math::min);
  }

  public void opened(long now) {
    since = now;
    lastPassed = now;
  }

  /** The peer is given the whole time for what is sent last. */
  public void restart(long now) {
    lastPassed = now;
  }

  /**
   * Whether what comes before the listener's first byte took too long.
   *
   * @param silent nothing has come of which a plain client's first byte would be the first
   */
  public boolean handshakeOver(long now, boolean silent) {
    return over(settings.handshakeTimeout(), now - since) || (silent && firstByteOver(now, 0));
  }

  public boolean firstByteOver(long now, long read) {
    return read == 0 && over(settings.firstByteTimeout(), now - since);
  }

  public boolean idle(long now, long read, long nowSent) {
    if (read != bytesRead || nowSent != sent) {
      bytesRead = read;
      sent = nowSent;
      lastPassed = now;
    }
    return over(settings.idleTimeout(), now - lastPassed);
  }

  /** Whether the last bytes do not leave. */
  public boolean stuck(long now, long nowSent) {
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
