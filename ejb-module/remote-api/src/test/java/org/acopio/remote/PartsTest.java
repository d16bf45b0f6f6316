package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
  private static final long SEED = 4_202_611L;

  static LongStream smallSizes() {
    return LongStream.rangeClosed(0, 64);
  }

  static LongStream anySizes() {
    Random random = new Random(SEED);
    return LongStream.concat(
        LongStream.of(Parts.MAX_SIZE, Parts.MAX_SIZE - 1, 1L << 31, (1L << 32) + 3),
        LongStream.generate(() -> random.nextLong() >>> random.nextInt(4, 63))
            .filter(size -> size <= Parts.MAX_SIZE)
            .limit(60));
  }

  @ParameterizedTest
  @MethodSource({"smallSizes", "anySizes"})
  void partsBeginAndEndWhereTheRuleSays(long size) {
    for (int part = 0; part < Parts.COUNT; part++) {
      assertEquals(boundary(part, size), Parts.start(part, size));
      assertEquals(boundary(part + 1, size), Parts.end(part, size));
      assertEquals(boundary(part + 1, size) - boundary(part, size), Parts.length(part, size));
    }
  }

  /** i·n/4 without the limits of 64 bits. */
  private static long boundary(int index, long size) {
    return BigInteger.valueOf(index)
        .multiply(BigInteger.valueOf(size))
        .divide(BigInteger.valueOf(4))
        .longValueExact();
  }

  @ParameterizedTest
  @MethodSource({"smallSizes", "anySizes"})
  void partsFollowEachOtherFromFirstByteToLast(long size) {
    assertEquals(0, Parts.start(0, size));
    for (int part = 1; part < Parts.COUNT; part++) {
      assertEquals(Parts.end(part - 1, size), Parts.start(part, size));
    }
    assertEquals(size, Parts.end(Parts.COUNT - 1, size));
  }

  @ParameterizedTest
  @MethodSource({"smallSizes", "anySizes"})
  void partsDifferByOneByteAtMost(long size) {
    LongStream lengths = LongStream.range(0, Parts.COUNT).map(p -> Parts.length((int) p, size));
    var summary = lengths.summaryStatistics();
    assertTrue(summary.getMax() - summary.getMin() <= 1, summary::toString);
  }

  @ParameterizedTest
  @MethodSource("smallSizes")
  void everyByteIsHeldByThePartThatHasIt(long size) {
    for (long offset = 0; offset < size; offset++) {
      assertHeld(offset, size);
    }
  }

  @ParameterizedTest
  @MethodSource("anySizes")
  void bytesAtTheEdgesAreHeldByThePartThatHasThem(long size) {
    Random random = new Random(SEED ^ size);
    for (int part = 0; part < Parts.COUNT; part++) {
      if (Parts.length(part, size) > 0) {
        assertEquals(part, Parts.holding(Parts.start(part, size), size));
        assertEquals(part, Parts.holding(Parts.end(part, size) - 1, size));
      }
    }
    for (int i = 0; i < 50 && size > 0; i++) {
      assertHeld(random.nextLong(size), size);
    }
  }

  private static void assertHeld(long offset, long size) {
    int part = Parts.holding(offset, size);
    assertTrue(
        Parts.start(part, size) <= offset && offset < Parts.end(part, size),
        () -> "byte " + offset + " of " + size + " is not in part " + part);
  }

  @Test
  void fileOf49202BytesTravelsInPartsOfAbout12300() {
    assertEquals(12_300, Parts.length(0, 49_202));
    assertEquals(12_301, Parts.length(1, 49_202));
    assertEquals(12_300, Parts.length(2, 49_202));
    assertEquals(12_301, Parts.length(3, 49_202));
  }

  @Test
  void emptyFileHasFourEmptyParts() {
    for (int part = 0; part < Parts.COUNT; part++) {
      assertEquals(0, Parts.length(part, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void otherPartsThanFourAreRefused(int part) {
    assertThrows(IllegalArgumentException.class, () -> Parts.start(part, 100));
    assertThrows(IllegalArgumentException.class, () -> Parts.end(part, 100));
    assertThrows(IllegalArgumentException.class, () -> Parts.length(part, 100));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Parts.MAX_SIZE + 1, Long.MIN_VALUE, Long.MAX_VALUE})
  void sizesOutsideTheLimitsAreRefused(long size) {
    assertThrows(IllegalArgumentException.class, () -> Parts.start(0, size));
    assertThrows(IllegalArgumentException.class, () -> Parts.end(3, size));
    assertThrows(IllegalArgumentException.class, () -> Parts.holding(0, size));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10, Long.MAX_VALUE, Long.MIN_VALUE})
  void offsetsOutsideTheFileAreHeldByNoPart(long offset) {
    assertThrows(IllegalArgumentException.class, () -> Parts.holding(offset, 10));
  }
}
