package org.acopio.client.send;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Counts failures in a row, and waits between tries: 0.2 s, doubling to 10 s, up to a quarter less
 * by chance so that many PCs do not come back together. Safe for use by several threads.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Duration limit;
  private final SendListener listener;
  private final LongSupplier nanoClock;
  private final DoubleSupplier chance;
  private final Pause pause;

  private int attempt;
  private long failingSince;
  private boolean spared;

  Patience(Duration limit, SendListener listener) {
    this(
        limit,
        listener,
        System::nanoTime,
        Math::random,
        duration -> Thread.sleep(Math.max(1, duration.toMillis())));
  }

  Patience(
      Duration limit,
      SendListener listener,
      LongSupplier nanoClock,
      DoubleSupplier chance,
      Pause pause) {
    this.limit = limit;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.chance = chance;
    this.pause = pause;
  }

  /** Something went on: the next failure is the first in a row again. */
  synchronized void progress() {
    attempt = 0;
    spared = false;
  }

  /** True once between two steps forward: for what is no failure unless it happens again. */
  synchronized boolean spare() {
    boolean first = !spared;
    spared = true;
    return first;
  }

  /**
   * Waits before the next try.
   *
   * @throws SendException {@code UNREACHABLE} when the limit is used up
   */
  void failed(ServerTrouble trouble, Throwable cause) throws SendException, InterruptedException {
    int number;
    Duration wait;
    Duration left;
    synchronized (this) {
      long now = nanoClock.getAsLong();
      if (attempt == 0) {
        failingSince = now;
      }
      attempt++;
      left = limit.minusNanos(now - failingSince);
      if (left.isNegative() || left.isZero()) {
        throw new SendException(SendException.Kind.UNREACHABLE, trouble, attempt, limit, cause);
      }
      number = attempt;
      wait = shorter(backoff(attempt), left);
    }
    listener.waiting(number, wait, left, trouble);
    pause.sleep(wait);
  }

  private Duration backoff(int tries) {
    Duration full = shorter(FIRST.multipliedBy(1L << Math.min(16, tries - 1)), LONGEST);
    return full.minusMillis((long) (full.toMillis() / 4.0 * chance.getAsDouble()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Sleeps; a test's one returns at once. */
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }
}
