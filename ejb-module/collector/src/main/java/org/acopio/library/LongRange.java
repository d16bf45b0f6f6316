package org.acopio.library;

/**
 * The numbers from {@code least} to {@code most}, both included; none when {@code least} is more.
 */
public record LongRange(long least, long most) {
  /** Every number. */
  public static final LongRange ALL = new LongRange(Long.MIN_VALUE, Long.MAX_VALUE);

  boolean isAll() {
    return equals(ALL);
  }

  boolean has(long value) {
    return value >= least && value <= most;
  }
}
