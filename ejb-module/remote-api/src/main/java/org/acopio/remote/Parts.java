package org.acopio.remote;

/**
 * The four parts of a file: part <i>i</i> of <i>n</i> bytes is {@code [i·n/4, (i+1)·n/4)}. Parts of
 * files under four bytes may be empty. This is the only place that knows the rule.
 */
public final class Parts {
  /** How many parts every file has. */
  public static final int COUNT = 4;

  /**
   * The largest file size that is accepted, in bytes: 1 EiB, so that {@code i·n} cannot overflow.
   */
  public static final long MAX_SIZE = 1L << 60;

  private Parts() {}

  /**
   * Offset in bytes of the first byte of a part.
   *
   * @throws IllegalArgumentException when {@code part} is not 0 to 3, or {@code size} not 0 to
   *     {@link #MAX_SIZE}
   */
  public static long start(int part, long size) {
    if (part < 0 || part >= COUNT) {
      throw new IllegalArgumentException("part " + part + " is not one of 0 to " + (COUNT - 1));
    }
    return boundary(part, size);
  }

  /** Offset in bytes of the first byte behind a part. Fails as {@link #start} does. */
  public static long end(int part, long size) {
    start(part, size);
    return boundary(part + 1, size);
  }

  /** Length of a part in bytes, 0 for an empty one. Fails as {@link #start} does. */
  public static long length(int part, long size) {
    return end(part, size) - start(part, size);
  }

  /**
   * The part that holds the byte at {@code offset} of a file of {@code size} bytes.
   *
   * @throws IllegalArgumentException when there is no such byte
   */
  public static int holding(long offset, long size) {
    if (offset < 0 || offset >= size) {
      throw new IllegalArgumentException("offset " + offset + " is outside a file of " + size);
    }
    int part = (int) Math.min(COUNT - 1, offset / Math.max(1, size / COUNT));
    while (offset < start(part, size)) {
      part--;
    }
    while (offset >= end(part, size)) {
      part++;
    }
    return part;
  }

  private static long boundary(int index, long size) {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("file size " + size + " is not 0 to " + MAX_SIZE);
    }
    return index * size / COUNT;
  }
}
