package org.acopio.library;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.acopio.media.MediaKind;

/** The places of a shelf where a search finds what it looks for. */
final class Matches {
  private final Shelf shelf;
  private final FileSearch search;

  /** Places that match but for the kind, and those that match. */
  private final BitSet anyKind;

  private final BitSet places;
  private final long[] kinds = new long[MediaKind.values().length];
  private long bytes;

  /**
   * @param client number of the address that the search names; empty when it names none
   */
  Matches(Shelf shelf, FileSearch search, OptionalLong client) {
    this.shelf = shelf;
    this.search = search;
    anyKind = new BitSet(shelf.count());
    List<byte[]> words = FoldedText.words(search.text());
    byte[] digits = digits(search.digest());
    int first = 0;
    for (Segment segment : shelf.segments()) {
      BitSet found = new BitSet(segment.count());
      found.set(0, segment.count());
      narrow(found, segment, client, digits);
      for (byte[] word : words) {
        keep(found, i -> segment.contains(i, word));
      }
      for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
        anyKind.set(first + i);
      }
      first += segment.count();
    }
    if (search.onlyCopies()) {
      anyKind.and(shelf.withCopies());
    }
    places = ofKind();
  }

  /** The conditions that cost least come first. */
  private void narrow(BitSet found, Segment segment, OptionalLong client, byte[] digits) {
    if (!search.allVersions()) {
      keep(found, i -> !segment.isOutdated(i));
    }
    keep(found, segment, Column.NUMBER, new LongRange(Long.MIN_VALUE, search.upTo()));
    client.ifPresent(number -> keep(found, segment, Column.CLIENT, only(number)));
    search.agent().ifPresent(number -> keep(found, segment, Column.AGENT, only(number)));
    keep(found, segment, Column.SIZE, search.sizes());
    keep(found, segment, Column.MODIFIED, search.modified());
    keep(found, segment, Column.STORED, search.stored());
    if (digits.length > 0) {
      keep(found, i -> segment.digestBegins(i, digits));
    }
  }

  private static LongRange only(long number) {
    return new LongRange(number, number);
  }

  private static void keep(BitSet found, Segment segment, Column column, LongRange range) {
    if (!range.isAll()) {
      keep(found, i -> range.has(segment.value(column, i)));
    }
  }

  private static void keep(BitSet found, IntPredicate condition) {
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      if (!condition.test(i)) {
        found.clear(i);
      }
    }
  }

  private BitSet ofKind() {
    BitSet matching = new BitSet(shelf.count());
    int wanted = 0;
    for (MediaKind kind : search.kinds()) {
      wanted |= 1 << kind.ordinal();
    }
    for (int p = anyKind.nextSetBit(0); p >= 0; p = anyKind.nextSetBit(p + 1)) {
      int kind = shelf.segment(p).kind(Shelf.in(p));
      if (kind != Segment.NO_KIND) {
        kinds[kind]++;
      }
      if (wanted == 0 || (kind != Segment.NO_KIND && (wanted & 1 << kind) != 0)) {
        matching.set(p);
        bytes += shelf.value(Column.SIZE, p);
      }
    }
    return matching;
  }

  private static byte[] digits(String hex) {
    byte[] digits = new byte[hex.length()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) HexFormat.fromHexDigit(hex.charAt(i));
    }
    return digits;
  }

  long count() {
    return places.cardinality();
  }

  /** How many bytes all have together. */
  long bytes() {
    return bytes;
  }

  /** How many there are of each kind, whatever kind is looked for. */
  Map<MediaKind, Long> kinds() {
    Map<MediaKind, Long> counts = new EnumMap<>(MediaKind.class);
    for (MediaKind kind : MediaKind.values()) {
      counts.put(kind, kinds[kind.ordinal()]);
    }
    return counts;
  }

  /** Some of the places, in this order. */
  int[] page(FileSort sort, boolean descending, long offset, int limit) {
    int[] order = shelf.orders().by(sort);
    int most = (int) Math.max(0, Math.min(limit, count() - offset));
    int[] page = new int[most];
    long skip = offset;
    for (int k = 0, at = 0; at < most; k++) {
      int place = order[descending ? order.length - 1 - k : k];
      if (places.get(place) && --skip < 0) {
        page[at++] = place;
      }
    }
    return page;
  }
}
