package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;

/** A file that arrives. */
final class FakeUpload {
  final long number;
  final FileOffer offer;
  final long size;
  final FakeContent content;

  /** What is there, as disjoint ranges, from to end. */
  private final TreeMap<Long, Long> present = new TreeMap<>();

  FakeUpload(long number, FileOffer offer, FakeContent content) {
    this.number = number;
    this.offer = offer;
    this.size = offer.size();
    this.content = content;
  }

  /** Returns how many of the bytes were not there before. */
  synchronized long write(long at, ByteBuffer bytes) {
    long to = at + bytes.remaining();
    content.write(at, bytes);
    long before = bytesPresent();
    add(at, to);
    return bytesPresent() - before;
  }

  private void add(long from, long to) {
    Map.Entry<Long, Long> left = present.floorEntry(from);
    long start = from;
    long end = to;
    if (left != null && left.getValue() >= from) {
      start = left.getKey();
      end = Math.max(end, left.getValue());
    }
    while (true) {
      Map.Entry<Long, Long> next = present.ceilingEntry(start);
      if (next == null || next.getKey() > end) {
        break;
      }
      end = Math.max(end, next.getValue());
      present.remove(next.getKey());
    }
    present.put(start, end);
  }

  private long bytesPresent() {
    return present.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey()).sum();
  }

  synchronized List<Range> missing() {
    List<Range> missing = new ArrayList<>();
    long at = 0;
    for (Map.Entry<Long, Long> range : present.entrySet()) {
      if (range.getKey() > at) {
        missing.add(new Range(at, range.getKey()));
      }
      at = range.getValue();
    }
    if (at < size) {
      missing.add(new Range(at, size));
    }
    return missing;
  }

  synchronized void lose(int part) {
    List<Range> kept = new ArrayList<>();
    long from = Parts.start(part, size);
    long to = Parts.end(part, size);
    present.forEach(
        (start, end) -> {
          if (start < Math.min(end, from)) {
            kept.add(new Range(start, Math.min(end, from)));
          }
          if (Math.max(start, to) < end) {
            kept.add(new Range(Math.max(start, to), end));
          }
        });
    present.clear();
    kept.forEach(range -> add(range.from(), range.to()));
  }

  synchronized Set<Integer> differing(int[] checksums) {
    Set<Integer> differing = new TreeSet<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      int claimed = checksums[part];
      if (content
          .checksum(Parts.start(part, size), Parts.end(part, size))
          .filter(actual -> actual != claimed)
          .isPresent()) {
        differing.add(part);
      }
    }
    return differing;
  }
}
