package org.acopio.remote;

/**
 * The bytes {@code [from, to)} of a file, counted from its start; never empty.
 *
 * @param from offset of the first byte, 0 or more
 * @param to offset behind the last byte, above {@code from}
 */
public record Range(long from, long to) {
  public Range {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("range [" + from + ", " + to + ") is empty or negative");
    }
  }

  /** Length in bytes. */
  public long length() {
    return to - from;
  }
}
