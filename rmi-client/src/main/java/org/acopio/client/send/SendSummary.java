package org.acopio.client.send;

import java.time.Duration;
import java.util.Objects;

/**
 * What a run came to.
 *
 * @param files how many were to be sent
 * @param bytes their sizes together, as they were found
 * @param stored files that got a receipt in this run
 * @param storedBytes their sizes together
 * @param have files that the server had already
 * @param refused files that the server does not take
 * @param changed files that changed each time while they were read
 * @param unreadable files that could not be read, or are gone
 * @param failed files that the server could not store now
 * @param sentBytes bytes of content that the server acknowledged in this run, repeats included
 * @param duration from the call to the last result
 */
public record SendSummary(
    long files,
    long bytes,
    long stored,
    long storedBytes,
    long have,
    long refused,
    long changed,
    long unreadable,
    long failed,
    long sentBytes,
    Duration duration) {
  public SendSummary {
    Objects.requireNonNull(duration, "duration");
  }

  /** True when the server has every file for good. */
  public boolean complete() {
    return stored + have == files;
  }
}
