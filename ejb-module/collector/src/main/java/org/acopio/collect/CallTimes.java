package org.acopio.collect;

import java.util.stream.IntStream;

/**
 * How long the calls took, by operation and transport, since the start: from when the transport has
 * the whole request to when it has the answer, waiting for a lane included, whether the call
 * succeeded or failed. Thread-safe; a note costs some tens of nanoseconds and waits for nobody.
 */
public final class CallTimes {
  private static final int TRANSPORTS = Transport.values().length;

  private final DurationHistogram[] all =
      IntStream.range(0, Operation.values().length * TRANSPORTS)
          .mapToObj(place -> new DurationHistogram())
          .toArray(DurationHistogram[]::new);

  CallTimes() {}

  /** Those of one operation by one transport. */
  public DurationHistogram of(Operation operation, Transport transport) {
    return all[operation.ordinal() * TRANSPORTS + transport.ordinal()];
  }
}
