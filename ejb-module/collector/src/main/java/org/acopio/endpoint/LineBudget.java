package org.acopio.endpoint;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many lines may still be written in this second, so that nobody fills the log or slows the
 * server down by connecting again and again. Thread-safe; waits for nobody, and is exact only while
 * nobody asks at the turn of a second.
 */
final class LineBudget {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int linesPerSecond;
  private final LongSupplier nanos;
  private final AtomicLong began;
  private final AtomicLong asked = new AtomicLong();

  LineBudget(int linesPerSecond, LongSupplier nanos) {
    this.linesPerSecond = linesPerSecond;
    this.nanos = nanos;
    began = new AtomicLong(nanos.getAsLong());
  }

  /** Whether one more line may be written now. */
  boolean take() {
    return asked.incrementAndGet() <= linesPerSecond;
  }

  /** How many lines were refused in the seconds before this one, told once; mostly 0. */
  long refused() {
    long now = nanos.getAsLong();
    long since = began.get();
    if (now - since < SECOND_NANOS || !began.compareAndSet(since, now)) {
      return 0;
    }
    return Math.max(0, asked.getAndSet(0) - linesPerSecond);
  }
}
