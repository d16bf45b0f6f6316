package org.acopio.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.acopio.catalog.FileFacts;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

/** The copy in memory, grown in pieces of any size. */
class ShelfTest {
  private static final Random DICE = new Random(7);

  private static FileFacts file(long number) {
    return file(number, "folder/name " + number % 997 + ".jpg", DICE.nextInt(100));
  }

  private static FileFacts file(long number, String path, long size) {
    var digest = Sha256.start();
    digest.update(Long.toString(number % 5_000).getBytes(StandardCharsets.UTF_8));
    return new FileFacts(
        number,
        1,
        2,
        FilePath.of(path),
        1,
        size,
        Instant.ofEpochSecond(number % 77),
        Instant.ofEpochSecond(number),
        "image/jpeg",
        Sha256.finish(digest));
  }

  private static List<FileFacts> files(long from, int count) {
    return LongStream.range(from, from + count).mapToObj(ShelfTest::file).toList();
  }

  @Test
  void growingInPiecesIsGrowingAtOnce() {
    List<FileFacts> all = files(1, 3 * Segment.SIZE + 5);
    Shelf whole = Shelf.EMPTY.plus(all, Set.of());
    Shelf pieces = Shelf.EMPTY;
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + DICE.nextInt(3_000));
      pieces = pieces.plus(all.subList(from, to), Set.of());
      for (FileSort sort : FileSort.values()) {
        assertEquals(pieces.count(), pieces.orders().by(sort).length);
      }
      from = to;
    }
    assertEquals(all.size(), pieces.lastNumber());
    for (FileSort sort : FileSort.values()) {
      assertArrayEquals(whole.orders().by(sort), pieces.orders().by(sort), () -> "" + sort);
    }
    assertArrayEquals(whole.orders().byDigest(), pieces.orders().byDigest());
  }

  @Test
  void orderBySizeIsThatOfTheSizes() {
    List<FileFacts> all = files(1, 5_000);
    int[] order = Shelf.EMPTY.plus(all, Set.of()).orders().by(FileSort.SIZE);
    Comparator<Integer> bySize = Comparator.comparingLong(place -> all.get(place).size());
    int[] expected =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(bySize.thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(expected, order);
  }

  @Test
  void outdatedFileIsMarkedWhereverItIs() {
    Shelf shelf =
        Shelf.EMPTY.plus(files(1, 5_000), Set.of()).plus(files(5_001, 5), Set.of(3L, 5_002L));
    assertTrue(shelf.segment(2).isOutdated(2));
    assertTrue(shelf.segment(5_001).isOutdated(Shelf.in(5_001)));
    assertFalse(shelf.segment(5_002).isOutdated(Shelf.in(5_002)));
    Shelf later = shelf.plus(files(5_006, 1), Set.of());
    assertTrue(later.segment(5_001).isOutdated(Shelf.in(5_001)));
  }

  @Test
  void olderShelfDoesNotChange() {
    Shelf before = Shelf.EMPTY.plus(files(1, 10), Set.of());
    before.plus(files(11, 10), Set.of(1L));
    assertEquals(10, before.count());
    assertFalse(before.segment(0).isOutdated(0));
    Matches matches = new Matches(before, FileSearch.EVERYTHING, OptionalLong.empty());
    assertEquals(10, matches.count());
  }

  @Test
  void fullMemoryForgetsTheOldest() {
    Shelf shelf = Shelf.EMPTY.plus(files(1, 5 * Segment.SIZE), Set.of());
    Shelf half = shelf.withoutOlderHalf();
    assertEquals(3 * Segment.SIZE, half.count());
    assertEquals(2 * Segment.SIZE, half.forgotten());
    assertEquals(2 * Segment.SIZE + 1, half.value(Column.NUMBER, 0));
    assertEquals(shelf.lastNumber(), half.lastNumber());
    assertTrue(half.bytes() < shelf.bytes());
    assertEquals(half.count(), half.orders().by(FileSort.NAME).length);
    Shelf small = Shelf.EMPTY.plus(files(1, 3), Set.of());
    assertEquals(3, small.withoutOlderHalf().count());
  }

  @Test
  void copiesAreThoseWithTheSameContent() {
    Shelf shelf = Shelf.EMPTY.plus(files(1, 12_000), Set.of());
    assertEquals(3, shelf.copies(0, 10));
    assertEquals(2, shelf.copies(4_000, 10));
    assertEquals(1, shelf.copies(0, 1));
    assertEquals(12_000, shelf.withCopies().cardinality());
  }

  @Test
  void veryLongPathIsSearchedFromItsEnd() {
    String path = "begin/" + "x".repeat(30_000) + "/end.jpg";
    Shelf shelf = Shelf.EMPTY.plus(List.of(file(1, path, 1)), Set.of());
    assertEquals(1, new Matches(shelf, FileSearch.of("end"), OptionalLong.empty()).count());
    assertEquals(0, new Matches(shelf, FileSearch.of("begin"), OptionalLong.empty()).count());
  }

  @Test
  void wordDoesNotReachIntoTheNextFile() {
    Shelf shelf = Shelf.EMPTY.plus(List.of(file(1, "ab", 1), file(2, "cd", 1)), Set.of());
    assertEquals(0, new Matches(shelf, FileSearch.of("bc"), OptionalLong.empty()).count());
    assertEquals(1, new Matches(shelf, FileSearch.of("cd"), OptionalLong.empty()).count());
    assertEquals(2, Arrays.stream(shelf.orders().by(FileSort.NAME)).distinct().count());
  }
}
