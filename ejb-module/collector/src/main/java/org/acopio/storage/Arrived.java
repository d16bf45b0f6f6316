package org.acopio.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.acopio.remote.Range;

/** Which bytes of a file are there: disjoint ranges that never touch. Not thread-safe. */
final class Arrived {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /**
   * Adds the bytes {@code [from, to)}; those that are there already stay. Returns how many were not
   * there.
   */
  long add(long from, long to) {
    if (from >= to) {
      return 0;
    }
    long start = from;
    long end = to;
    long there = 0;
    Map.Entry<Long, Long> before = ranges.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
      there += before.getValue() - before.getKey();
    }
    Map.Entry<Long, Long> next = ranges.higherEntry(start);
    while (next != null && next.getKey() <= end) {
      end = Math.max(end, next.getValue());
      there += next.getValue() - next.getKey();
      ranges.remove(next.getKey());
      next = ranges.higherEntry(start);
    }
    ranges.put(start, end);
    return end - start - there;
  }

  /** Takes the bytes {@code [from, to)} out. */
  void remove(long from, long to) {
    for (Range range : within(from, to)) {
      Map.Entry<Long, Long> whole = ranges.floorEntry(range.from());
      ranges.remove(whole.getKey());
      if (whole.getKey() < range.from()) {
        ranges.put(whole.getKey(), range.from());
      }
      if (range.to() < whole.getValue()) {
        ranges.put(range.to(), whole.getValue());
      }
    }
  }

  /** The parts of {@code [from, to)} that are there, ascending. */
  List<Range> within(long from, long to) {
    List<Range> found = new ArrayList<>(2);
    Long first = ranges.floorKey(from);
    for (Map.Entry<Long, Long> range :
        ranges.subMap(first == null ? from : first, true, Math.max(from, to), false).entrySet()) {
      long start = Math.max(from, range.getKey());
      long end = Math.min(to, range.getValue());
      if (start < end) {
        found.add(new Range(start, end));
      }
    }
    return found;
  }

  /** The parts of {@code [from, to)} that are not there, ascending. */
  List<Range> gaps(long from, long to) {
    List<Range> gaps = new ArrayList<>(2);
    long at = from;
    for (Range there : within(from, to)) {
      if (at < there.from()) {
        gaps.add(new Range(at, there.from()));
      }
      at = there.to();
    }
    if (at < to) {
      gaps.add(new Range(at, to));
    }
    return gaps;
  }

  /**
   * Where the run of bytes that holds {@code offset} ends; {@code offset} itself when it is not
   * there.
   */
  long endOfRun(long offset) {
    Map.Entry<Long, Long> range = ranges.floorEntry(offset);
    return range != null && range.getValue() > offset ? range.getValue() : offset;
  }

  /** How many bytes are there. */
  long total() {
    long total = 0;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      total += range.getValue() - range.getKey();
    }
    return total;
  }

  /** How many bytes of {@code [from, to)} are there. */
  long total(long from, long to) {
    return within(from, to).stream().mapToLong(Range::length).sum();
  }
}
