package org.acopio.account;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * Begins at the time of another clock and goes on evenly from there, whatever that one is set to
 * later. For waits that are kept in memory; what is written down has the time of day.
 */
public final class SteadyClock extends Clock {
  private final Instant start;
  private final ZoneId zone;
  private final LongSupplier nanos;
  private final long startNanos;

  public SteadyClock(Clock start) {
    this(start, System::nanoTime);
  }

  SteadyClock(Clock start, LongSupplier nanos) {
    this(start.instant(), start.getZone(), nanos, nanos.getAsLong());
  }

  private SteadyClock(Instant start, ZoneId zone, LongSupplier nanos, long startNanos) {
    this.start = start;
    this.zone = zone;
    this.nanos = nanos;
    this.startNanos = startNanos;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SteadyClock(start, other, nanos, startNanos);
  }
}
