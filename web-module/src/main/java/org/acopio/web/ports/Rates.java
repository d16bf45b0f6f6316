package org.acopio.web.ports;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How fast figures grow, from what they were some moments ago. Thread-safe.
 *
 * <p>Pages ask at any time, also twice at once; what was measured over less than {@link
 * #SHORTEST_NANOS} would jump, so until then the rate of before is told.
 */
final class Rates {
  static final long SHORTEST_NANOS = 400_000_000L;

  /** After this long the average would hide what is happening now. */
  static final long LONGEST_NANOS = 60_000_000_000L;

  /** Ports come and go with their settings; keys are few. */
  private record Sample(long value, long nanoTime, OptionalDouble rate) {}

  private final Map<String, Sample> samples = new HashMap<>();
  private final LongSupplier nanoTime;

  Rates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * By how much a second the figure of this key has grown since somebody asked before; empty when
   * that is too long ago, or nobody has.
   */
  synchronized OptionalDouble of(String key, long value) {
    long now = nanoTime.getAsLong();
    Sample before = samples.get(key);
    if (before == null || now - before.nanoTime > LONGEST_NANOS || value < before.value) {
      samples.put(key, new Sample(value, now, OptionalDouble.empty()));
      return OptionalDouble.empty();
    }
    long passed = now - before.nanoTime;
    if (passed < SHORTEST_NANOS) {
      return before.rate;
    }
    OptionalDouble rate =
        OptionalDouble.of(Math.round((value - before.value) * 1e10 / passed) / 10.0);
    samples.put(key, new Sample(value, now, rate));
    return rate;
  }
}
