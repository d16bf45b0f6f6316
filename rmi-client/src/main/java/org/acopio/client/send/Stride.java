package org.acopio.client.send;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many bytes one call carries. What is on its way when a connection is lost is sent again, so a
 * call is no larger than what passes soon: it takes a tenth of a second longer than the quickest
 * did, or a quarter of that. Larger calls carry no more in a second; they only wait. Safe for use
 * by several threads.
 */
final class Stride {
  /** Where it begins, and the least while no connection was lost: smaller calls gain little. */
  static final int FIRST_BYTES = 256 << 10;

  /** The least once a connection was lost, so that something passes between two losses. */
  static final int LEAST_BYTES = 16 << 10;

  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();

  private final int most;
  private final LongSupplier nanoClock;
  private int least;
  private int bytes;
  private long changedAt;
  private long quickestNanos = Long.MAX_VALUE;

  /** What was late when it was tried last: from half of that on it feels its way. */
  private int tooMuch = Integer.MAX_VALUE;

  /**
   * @param most that it ever is
   */
  Stride(int most) {
    this(most, System::nanoTime);
  }

  Stride(int most, LongSupplier nanoClock) {
    this.most = most;
    this.nanoClock = nanoClock;
    least = Math.min(FIRST_BYTES, most);
    bytes = least;
    changedAt = nanoClock.getAsLong();
  }

  /** Most bytes of the next call. */
  synchronized int bytes() {
    return bytes;
  }

  /** How long the quickest call took; zero before the first. */
  synchronized Duration quickest() {
    return quickestNanos == Long.MAX_VALUE ? Duration.ZERO : Duration.ofNanos(quickestNanos);
  }

  /** A call begins; the moment is given back with how it ended. */
  long begin() {
    return nanoClock.getAsLong();
  }

  /** A call with so many bytes, which had its connection, was answered. */
  synchronized void passed(long begun, int count) {
    long took = nanoClock.getAsLong() - begun;
    quickestNanos = Math.min(quickestNanos, took);
    if (begun - changedAt < 0) {
      return; // It says how the stride before was.
    }
    long spare = Math.max(SOON_NANOS, quickestNanos / 4);
    long late = took - quickestNanos;
    if (late > spare) {
      tooMuch = bytes;
      change(bytes / 2);
    } else if (late <= spare / 2 && count > bytes / 2) {
      tooMuch = bytes < tooMuch ? tooMuch : Integer.MAX_VALUE;
      change(bytes + (2L * bytes < tooMuch ? bytes : bytes / 4));
    }
  }

  /** The connection of a call was lost, and what was on its way with it. */
  synchronized void lost(long begun) {
    least = Math.min(LEAST_BYTES, most);
    if (begun - changedAt >= 0) {
      change(bytes / 2);
    }
  }

  private void change(long wanted) {
    int next = (int) Math.max(least, Math.min(most, wanted));
    if (next != bytes) {
      bytes = next;
      changedAt = nanoClock.getAsLong();
    }
  }
}
