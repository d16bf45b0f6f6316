package org.acopio.thumbnail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How pictures of files are made and kept.
 *
 * @param folder of the pictures that were made; may be deleted at any time
 * @param cacheBytes the most bytes in it, 0 to 2^50; 0 keeps nothing
 * @param workers how many processes decode side by side, 0 to {@value #MAX_WORKERS}; 0 is none
 * @param deadline how long a worker may take for one file, 1 second to 5 minutes
 * @param maxPixels the most pixels that an image may have, 1 to 10^9
 */
public record ThumbnailSettings(
    Path folder, long cacheBytes, int workers, Duration deadline, long maxPixels) {
  public static final long DEFAULT_CACHE_BYTES = 1L << 30;
  public static final int DEFAULT_WORKERS = 2;
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
  public static final long DEFAULT_MAX_PIXELS = 250_000_000;
  public static final int MAX_WORKERS = 16;

  private static final long MAX_CACHE_BYTES = 1L << 50;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long MOST_PIXELS = 1_000_000_000;

  public ThumbnailSettings {
    Objects.requireNonNull(folder, "folder");
    inside("cache-bytes", cacheBytes, 0, MAX_CACHE_BYTES);
    inside("workers", workers, 0, MAX_WORKERS);
    inside("max-pixels", maxPixels, 1, MOST_PIXELS);
    if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "acopio.thumbnails.deadline is %s; it is %s to %s"
              .formatted(deadline, SHORTEST, LONGEST));
    }
  }

  private static void inside(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "acopio.thumbnails.%s is %d; it is %d to %d".formatted(key, value, least, most));
    }
  }
}
