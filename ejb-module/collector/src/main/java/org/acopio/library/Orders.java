package org.acopio.library;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The places of a shelf in each order, made when first asked for: from the order of the shelf
 * before, when there was one, so that files that arrive cost a merge and no sorting of all. Safe
 * for use by many threads.
 */
final class Orders {
  private final Shelf shelf;
  private final Map<Order, int[]> known;

  /** What a shelf is sorted by. */
  private enum Order {
    NAME,
    PATH,
    KIND,
    SIZE,
    MODIFIED,
    STORED,
    DIGEST
  }

  Orders(Shelf shelf) {
    this.shelf = shelf;
    known = new EnumMap<>(Order.class);
  }

  /** Those of a shelf that begins with all the files of {@code before}. */
  Orders(Shelf shelf, Orders before) {
    this.shelf = shelf;
    synchronized (before.known) {
      known = new EnumMap<>(before.known);
    }
  }

  int[] by(FileSort sort) {
    return by(Order.valueOf(sort.name()));
  }

  /** Files with the same content are neighbours. */
  int[] byDigest() {
    return by(Order.DIGEST);
  }

  private int[] by(Order order) {
    synchronized (known) {
      int[] sorted = known.getOrDefault(order, new int[0]);
      if (sorted.length < shelf.count()) {
        sorted = grown(sorted, comparator(order));
        known.put(order, sorted);
      }
      return sorted;
    }
  }

  private int[] grown(int[] sorted, Comparator<Integer> comparator) {
    Integer[] more = IntStream.range(sorted.length, shelf.count()).boxed().toArray(Integer[]::new);
    Arrays.sort(more, comparator);
    int[] all = new int[shelf.count()];
    int from = 0;
    int at = 0;
    for (Integer place : more) {
      int to = firstAfter(place, sorted, from, comparator);
      System.arraycopy(sorted, from, all, at, to - from);
      at += to - from;
      all[at++] = place;
      from = to;
    }
    System.arraycopy(sorted, from, all, at, sorted.length - from);
    return all;
  }

  private static int firstAfter(
      Integer place, int[] sorted, int from, Comparator<Integer> comparator) {
    int low = from;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (comparator.compare(sorted[middle], place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Comparator<Integer> comparator(Order order) {
    Comparator<Integer> alike = Comparator.comparingLong(p -> shelf.value(Column.NUMBER, p));
    Comparator<Integer> first =
        switch (order) {
          case NAME -> this::names;
          case PATH -> this::paths;
          case KIND -> Comparator.comparingInt((Integer p) -> shelf.segment(p).kind(Shelf.in(p)));
          case SIZE -> Comparator.comparingLong((Integer p) -> shelf.value(Column.SIZE, p));
          case MODIFIED -> Comparator.comparingLong((Integer p) -> shelf.value(Column.MODIFIED, p));
          case STORED -> Comparator.comparingLong((Integer p) -> shelf.value(Column.STORED, p));
          case DIGEST -> this::digests;
        };
    return first.thenComparing(alike);
  }

  private int names(int p, int q) {
    Segment a = shelf.segment(p);
    Segment b = shelf.segment(q);
    int i = Shelf.in(p);
    int j = Shelf.in(q);
    return NaturalOrder.compare(a.text(), a.name(i), a.end(i), b.text(), b.name(j), b.end(j));
  }

  private int paths(int p, int q) {
    Segment a = shelf.segment(p);
    Segment b = shelf.segment(q);
    int i = Shelf.in(p);
    int j = Shelf.in(q);
    return NaturalOrder.compare(a.text(), a.start(i), a.end(i), b.text(), b.start(j), b.end(j));
  }

  private int digests(int p, int q) {
    return shelf.segment(p).compareDigest(Shelf.in(p), shelf.segment(q), Shelf.in(q));
  }
}
