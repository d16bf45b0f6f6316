package org.acopio.check;

/**
 * How a check is done.
 *
 * @param readData whether every byte is read again
 * @param repair whether what can be mended is mended
 * @param mark whether lost and damaged files are marked, also without a repair
 * @param readers how many files are read side by side, 1 to 64
 */
public record CheckOptions(boolean readData, boolean repair, boolean mark, int readers) {
  static final int MOST_READERS = 64;

  public CheckOptions {
    if (readers < 1 || readers > MOST_READERS) {
      throw new IllegalArgumentException("1 to 64 files are read side by side, not " + readers);
    }
  }

  /**
   * What a person asks for: as many readers as there are processors, and a disk's queue at least.
   */
  public static CheckOptions asked(boolean readData, boolean repair) {
    int readers = Math.max(2, Math.min(16, Runtime.getRuntime().availableProcessors()));
    return new CheckOptions(readData, repair, repair, readers);
  }

  /** One reader, every byte, and nothing changed but the marks. */
  static CheckOptions scrub() {
    return new CheckOptions(true, false, true, 1);
  }
}
