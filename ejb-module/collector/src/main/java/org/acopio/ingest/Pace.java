package org.acopio.ingest;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long a greeting or a frame may take to arrive. Not thread-safe. */
final class Pace {
  static final int GRACE_SECONDS = 60;
  static final int BYTES_PER_SECOND = 1_024;

  private final LongSupplier nanos;
  private long since;

  Pace(LongSupplier nanos) {
    this.nanos = nanos;
    restart();
  }

  /** The time that the server itself took does not count: what waits begins to arrive now. */
  void restart() {
    since = nanos.getAsLong();
  }

  /**
   * Refuses who is below {@value #BYTES_PER_SECOND} bytes a second on average after {@value
   * #GRACE_SECONDS} seconds.
   *
   * @param arrived bytes since {@link #restart}
   */
  void check(long arrived) throws FaultException {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - since);
    if (seconds > GRACE_SECONDS + arrived / BYTES_PER_SECOND) {
      throw new FaultException(
          Fault.TOO_SLOW,
          arrived
              + " bytes arrived in "
              + seconds
              + " s; a greeting or a frame has "
              + GRACE_SECONDS
              + " s, and 1 s more for each "
              + BYTES_PER_SECOND
              + " bytes of it; connect again and send smaller frames");
    }
  }
}
