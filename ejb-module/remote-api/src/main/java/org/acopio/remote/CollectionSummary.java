package org.acopio.remote;

import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What one collection came to, as the server counted it.
 *
 * @param stored files that got a receipt for bytes that came in this collection
 * @param storedBytes their bytes
 * @param had files that were in the store already
 * @param refused files that the server did not take
 * @param receivedBytes bytes of all blocks that were accepted, repeats included
 * @param open files that were begun and have no receipt; the next collection goes on with them
 * @param duration from open to close
 */
public record CollectionSummary(
    long stored,
    long storedBytes,
    long had,
    long refused,
    long receivedBytes,
    long open,
    Duration duration)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  public CollectionSummary {
    Objects.requireNonNull(duration, "duration");
  }
}
