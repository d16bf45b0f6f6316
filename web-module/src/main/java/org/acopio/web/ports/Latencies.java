package org.acopio.web.ports;

import java.util.Arrays;

/**
 * How long answers took, in classes of 5 percent, from a microsecond on. For one thread; what it
 * hands out stays as it is.
 */
final class Latencies {
  private static final double STEP = Math.log(1.05);
  private static final int CLASSES = 400;

  private final long[] counts = new long[CLASSES];
  private long total;

  /**
   * Quantiles of the answers since the last time that they were asked for, in milliseconds; NaN
   * when there were none.
   */
  record Quantiles(double p50, double p99, double max) {
    static final Quantiles NONE = new Quantiles(Double.NaN, Double.NaN, Double.NaN);

    /** Whether there were answers. */
    boolean known() {
      return !Double.isNaN(p50);
    }
  }

  void add(long nanos) {
    double micros = Math.max(1, nanos / 1_000.0);
    counts[(int) Math.min(CLASSES - 1, Math.log(micros) / STEP)]++;
    total++;
  }

  /** Tells the quantiles and begins anew. */
  Quantiles take() {
    if (total == 0) {
      return Quantiles.NONE;
    }
    Quantiles quantiles = new Quantiles(at(0.5), at(0.99), at(1));
    Arrays.fill(counts, 0);
    total = 0;
    return quantiles;
  }

  /** The upper end of the class in which this part of the answers lies. */
  private double at(double part) {
    long before = (long) Math.ceil(total * part);
    int index = 0;
    for (long seen = counts[0]; seen < before; seen += counts[index]) {
      index++;
    }
    return Math.round(Math.exp((index + 1) * STEP)) / 1_000.0;
  }
}
