package org.acopio.check;

import java.util.concurrent.atomic.AtomicLong;

/** How far a check is, for those who look on while it runs. Thread-safe. */
public final class CheckProgress {
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private volatile long allRows;
  private volatile long allBytes;
  private volatile Phase phase = Phase.ROWS;

  /** What a check does, in this order. */
  public enum Phase {
    /** Compares each row with its file. */
    ROWS,
    /** Looks for files without a row. */
    STORE,
    /** Compares rows with each other, and weighs what was found. */
    WEIGH,
    /** Mends what can be mended. */
    REPAIR,
    /** Has ended. */
    DONE
  }

  void expect(long rowsInAll, long bytesInAll) {
    allRows = rowsInAll;
    allBytes = bytesInAll;
  }

  void enter(Phase next) {
    phase = next;
  }

  void row() {
    rows.incrementAndGet();
  }

  void read(long count) {
    bytes.addAndGet(count);
  }

  void readFile() {
    files.incrementAndGet();
  }

  public Phase phase() {
    return phase;
  }

  /** How many rows were compared. */
  public long rows() {
    return rows.get();
  }

  /** How many rows there were at the beginning. */
  public long allRows() {
    return allRows;
  }

  /** How many bytes were read. */
  public long bytes() {
    return bytes.get();
  }

  /** How many bytes the rows had at the beginning; shared ones are read once only. */
  public long allBytes() {
    return allBytes;
  }

  /** How many files were read. */
  public long files() {
    return files.get();
  }
}
