package org.acopio.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.acopio.catalog.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of all files at one moment. A file has a place from 0, in the order of arrival. Safe
 * for use by many threads: nothing of it changes that can be seen.
 */
final class Shelf {
  static final Shelf EMPTY = new Shelf(List.of(), 0, 0, null);

  private final List<Segment> segments;
  private final int count;
  private final long lastNumber;
  private final long forgotten;
  private final Orders orders;

  private Shelf(
      List<Segment> segments, long lastNumber, long forgotten, @Nullable Orders ordersBefore) {
    this.segments = List.copyOf(segments);
    this.lastNumber = lastNumber;
    this.forgotten = forgotten;
    count = segments.stream().mapToInt(Segment::count).sum();
    orders = ordersBefore == null ? new Orders(this) : new Orders(this, ordersBefore);
  }

  /**
   * This and these files behind it.
   *
   * @param outdated numbers of files, on the shelf or new, that are not the newest of their path
   */
  Shelf plus(List<FileFacts> files, Collection<Long> outdated) {
    List<Segment> grown = new ArrayList<>(segments);
    long last = lastNumber;
    for (int from = 0; from < files.size(); ) {
      Segment open = grown.isEmpty() ? null : grown.get(grown.size() - 1);
      boolean full = open == null || open.count() == Segment.SIZE;
      int room = full ? Segment.SIZE : Segment.SIZE - open.count();
      int to = Math.min(files.size(), from + room);
      Segment segment = new Segment(full ? null : open, files.subList(from, to));
      if (full) {
        grown.add(segment);
      } else {
        grown.set(grown.size() - 1, segment);
      }
      from = to;
    }
    for (FileFacts file : files) {
      last = Math.max(last, file.number());
    }
    markOutdated(grown, outdated);
    return new Shelf(grown, last, forgotten, orders);
  }

  private static void markOutdated(List<Segment> segments, Collection<Long> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    long[] sorted = numbers.stream().mapToLong(Long::longValue).sorted().toArray();
    for (int s = 0; s < segments.size(); s++) {
      Segment segment = segments.get(s);
      BitSet found = new BitSet();
      for (int i = 0; i < segment.count(); i++) {
        if (Arrays.binarySearch(sorted, segment.value(Column.NUMBER, i)) >= 0) {
          found.set(i);
        }
      }
      if (!found.isEmpty()) {
        segments.set(s, segment.withOutdated(found));
      }
    }
  }

  /** This without the older half of its files, a segment at least. */
  Shelf withoutOlderHalf() {
    int dropped = Math.max(1, segments.size() / 2);
    if (segments.size() <= dropped) {
      return this;
    }
    long files = (long) dropped * Segment.SIZE;
    return new Shelf(
        segments.subList(dropped, segments.size()), lastNumber, forgotten + files, null);
  }

  static int in(int place) {
    return place & (Segment.SIZE - 1);
  }

  Segment segment(int place) {
    return segments.get(place >>> Segment.SHIFT);
  }

  List<Segment> segments() {
    return segments;
  }

  long value(Column column, int place) {
    return segment(place).value(column, in(place));
  }

  int count() {
    return count;
  }

  /** The greatest number of a file, or 0. */
  long lastNumber() {
    return lastNumber;
  }

  /** How many files were dropped. */
  long forgotten() {
    return forgotten;
  }

  /** About how much memory this takes, with all its orders. */
  long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum() + count * 4L * 7;
  }

  Orders orders() {
    return orders;
  }

  /** How many files have the content of this one, itself included; counts to {@code most}. */
  int copies(int place, int most) {
    int[] order = orders.byDigest();
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareDigests(order[middle], place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int copies = 0;
    while (copies < most
        && low + copies < order.length
        && compareDigests(order[low + copies], place) == 0) {
      copies++;
    }
    return copies;
  }

  /** The places of files whose content other files have too. */
  BitSet withCopies() {
    int[] order = orders.byDigest();
    BitSet places = new BitSet(count);
    for (int i = 1; i < order.length; i++) {
      if (compareDigests(order[i - 1], order[i]) == 0) {
        places.set(order[i - 1]);
        places.set(order[i]);
      }
    }
    return places;
  }

  private int compareDigests(int p, int q) {
    return segment(p).compareDigest(in(p), segment(q), in(q));
  }
}
