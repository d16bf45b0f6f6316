package org.acopio.thumbnail.worker;

import java.util.Optional;

/**
 * What the markers of a JPEG say before its pixels (ITU T.81, B.2).
 *
 * @param width pixels
 * @param height pixels
 * @param progressive whether the picture comes in several scans
 */
record JpegHead(int width, int height, boolean progressive) {
  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;
  private static final int START_OF_SCAN = 0xda;

  /**
   * Of the JPEG that begins at {@code at}; nothing when there is none that shows a picture: the raw
   * data of a sensor, which is a lossless JPEG, is none.
   */
  static Optional<JpegHead> of(byte[] bytes, int at, int end) {
    int i = at + 2;
    while (i + 9 < end && (bytes[i] & 0xff) == 0xff) {
      int marker = bytes[i + 1] & 0xff;
      if (marker == 0xff) {
        i++;
        continue;
      }
      if (marker >= BASELINE && marker <= PROGRESSIVE) {
        return frame(bytes, i, marker);
      }
      if (marker == START_OF_SCAN || marker < 0xc0) {
        return Optional.empty();
      }
      int length = word(bytes, i + 2);
      if (length < 2 || isOtherFrame(marker)) {
        return Optional.empty();
      }
      i += 2 + length;
    }
    return Optional.empty();
  }

  private static Optional<JpegHead> frame(byte[] bytes, int i, int marker) {
    int precision = bytes[i + 4];
    int height = word(bytes, i + 5);
    int width = word(bytes, i + 7);
    boolean shown = precision == 8 && width > 0 && height > 0;
    return shown
        ? Optional.of(new JpegHead(width, height, marker == PROGRESSIVE))
        : Optional.empty();
  }

  /** Lossless, differential and arithmetic frames; the numbers between them are tables. */
  private static boolean isOtherFrame(int marker) {
    return marker > PROGRESSIVE
        && marker <= 0xcf
        && marker != 0xc4
        && marker != 0xc8
        && marker != 0xcc;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
