package org.acopio.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the check in the background is.
 *
 * @param place number of the file that was looked at last in the pass under way; 0 at its beginning
 * @param files how many it has looked at
 * @param bytes how many it has read
 * @param others what it found that is about no row: files without a row and the like
 * @param begunAt when the pass under way began; nothing between two passes, and then {@code files},
 *     {@code bytes} and {@code others} are those of the last
 * @param endedAt when the last full pass ended; nothing when there was none
 * @param lastBegunAt when the last full pass began; nothing when there was none, or it is not known
 */
public record ScrubState(
    long place,
    long files,
    long bytes,
    long others,
    Optional<Instant> begunAt,
    Optional<Instant> endedAt,
    Optional<Instant> lastBegunAt) {
  /** What is known before the first pass. */
  public static final ScrubState NONE =
      new ScrubState(0, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * When the next pass is due, counted from the beginning of the last, however long that took;
   * nothing while one is under way, and when there was none.
   *
   * @param days between the beginnings of two passes
   */
  public Optional<Instant> due(int days) {
    return endedAt
        .filter(ended -> begunAt.isEmpty())
        .map(ended -> lastBegunAt.orElse(ended).plus(Duration.ofDays(days)));
  }
}
