package org.acopio.collect;

/**
 * How many bytes a second come, over the last seconds. Thread-safe: one thread says regularly how
 * many there are, any thread asks.
 */
final class Speed {
  /** Five seconds, when it is told every second. */
  private static final int SAMPLES = 6;

  private static final long SECOND = 1_000_000_000L;
  private static final long TOO_SHORT = SECOND / 2;

  private final long[] nanos = new long[SAMPLES];
  private final long[] bytes = new long[SAMPLES];
  private int told;

  Speed(long nanos) {
    tell(nanos, 0);
  }

  /** So many bytes have come until now. */
  synchronized void tell(long now, long total) {
    nanos[told % SAMPLES] = now;
    bytes[told % SAMPLES] = total;
    told++;
  }

  /** Bytes a second until now; 0 when nothing came, or when it is too early to say. */
  synchronized long bytesPerSecond(long now, long total) {
    int oldest = told < SAMPLES ? 0 : told % SAMPLES;
    long elapsed = now - nanos[oldest];
    if (elapsed < TOO_SHORT) {
      return 0;
    }
    return Math.round((double) (total - bytes[oldest]) * SECOND / elapsed);
  }
}
