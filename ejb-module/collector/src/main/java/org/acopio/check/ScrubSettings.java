package org.acopio.check;

/**
 * How stored files are read again in the background.
 *
 * @param days within how many days all of them are, 0 to 3,650; 0 is never
 * @param bytesPerSecond how many bytes are read in a second at most, 65,536 or more
 */
public record ScrubSettings(int days, long bytesPerSecond) {
  /** Less would not come to an end. */
  static final int SLOWEST = 1 << 16;

  public ScrubSettings {
    if (days < 0 || days > 3_650) {
      throw new IllegalArgumentException(
          "acopio.scrub.days is " + days + "; it is 0 to 3650, and 0 is never");
    }
    if (bytesPerSecond < SLOWEST) {
      throw new IllegalArgumentException(
          "acopio.scrub.bytes-per-second is " + bytesPerSecond + "; it is 65536 or more");
    }
  }
}
