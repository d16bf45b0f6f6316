package org.acopio.thumbnail;

import java.util.Objects;

/**
 * What a worker is asked for.
 *
 * @param task picture or details
 * @param file path of the file on this machine
 * @param mediaType what the file is taken for
 * @param box pixels that neither side of the picture exceeds, 1 to {@value #MAX_BOX}
 * @param page of a document, 1 is the first
 * @param maxPixels the most pixels that an image may have, at least 1
 */
public record Request(Task task, String file, String mediaType, int box, int page, long maxPixels) {
  public static final int MAX_BOX = 2_048;

  public Request {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(mediaType, "mediaType");
    if (box < 1 || box > MAX_BOX || page < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "box is %d (1 to %d), page is %d and maxPixels is %d (at least 1)"
              .formatted(box, MAX_BOX, page, maxPixels));
    }
  }

  /** What is wanted of the file. */
  public enum Task {
    PICTURE,
    DETAILS
  }
}
