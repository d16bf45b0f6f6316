package org.acopio.check;

import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.acopio.storage.Inspection.Pace;

/**
 * Lets so many bytes a second pass, none while something more important is done, and ends when it
 * is told to. For one thread.
 */
final class GentlePace implements Pace {
  /** What looking at a file costs, in bytes, so that a million empty ones are not free. */
  private static final int LOOK_BYTES = 1 << 12;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final long bytesPerSecond;
  private final BooleanSupplier busy;
  private final LongSupplier nanos;
  private final Rest rest;
  private long dueNanos;

  /** Waits, or gives up. */
  interface Rest {
    /**
     * @param nanos how long; none is a look at whether to go on
     */
    void rest(long nanos) throws InterruptedIOException;
  }

  GentlePace(long bytesPerSecond, BooleanSupplier busy, LongSupplier nanos, Rest rest) {
    this.bytesPerSecond = bytesPerSecond;
    this.busy = busy;
    this.nanos = nanos;
    this.rest = rest;
    dueNanos = nanos.getAsLong();
  }

  @Override
  public void read(int bytes) throws InterruptedIOException {
    rest.rest(0);
    while (busy.getAsBoolean()) {
      rest.rest(SECOND_NANOS);
    }
    long now = nanos.getAsLong();
    // What was not used while it rested is not made up for.
    dueNanos = Math.max(dueNanos, now - SECOND_NANOS / 10);
    dueNanos += (long) ((double) Math.max(bytes, LOOK_BYTES) * SECOND_NANOS / bytesPerSecond);
    if (dueNanos > now) {
      rest.rest(dueNanos - now);
    }
  }
}
