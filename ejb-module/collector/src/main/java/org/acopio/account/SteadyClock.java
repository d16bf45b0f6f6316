package org.acopio.account;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Clocks that begin at the time of another one and go on evenly from there, whatever that one is
 * set to later. For waits that are kept in memory; what is written down has the time of day.
 */
public final class SteadyClock {
  private SteadyClock() {}

  public static Clock from(Clock start) {
    return from(start, System::nanoTime);
  }

  static Clock from(Clock start, LongSupplier nanos) {
    Instant first = start.instant();
    long firstNanos = nanos.getAsLong();
    InstantSource steady = () -> first.plusNanos(nanos.getAsLong() - firstNanos);
    return steady.withZone(start.getZone());
  }
}
