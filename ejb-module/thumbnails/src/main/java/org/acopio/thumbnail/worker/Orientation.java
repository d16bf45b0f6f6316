package org.acopio.thumbnail.worker;

import java.awt.geom.AffineTransform;

/** How an image is to be turned to stand upright (Exif 2.32, tag 274). */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  MIRRORED_UPSIDE_DOWN,
  MIRRORED_LEFT,
  RIGHT,
  MIRRORED_RIGHT,
  LEFT;

  /** By the number in Exif; numbers that mean nothing are upright. */
  static Orientation of(int number) {
    return number >= 1 && number <= 8 ? values()[number - 1] : UPRIGHT;
  }

  boolean swapsSides() {
    return ordinal() >= MIRRORED_LEFT.ordinal();
  }

  /** From an image of these sides to the upright one. */
  AffineTransform transform(int width, int height) {
    return switch (this) {
      case UPRIGHT -> new AffineTransform();
      case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
      case MIRRORED_UPSIDE_DOWN -> new AffineTransform(1, 0, 0, -1, 0, height);
      case MIRRORED_LEFT -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case RIGHT -> new AffineTransform(0, 1, -1, 0, height, 0);
      case MIRRORED_RIGHT -> new AffineTransform(0, -1, -1, 0, height, width);
      case LEFT -> new AffineTransform(0, -1, 1, 0, 0, width);
    };
  }
}
