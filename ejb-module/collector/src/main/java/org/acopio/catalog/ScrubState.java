package org.acopio.catalog;

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
 */
public record ScrubState(
    long place,
    long files,
    long bytes,
    long others,
    Optional<Instant> begunAt,
    Optional<Instant> endedAt) {}
