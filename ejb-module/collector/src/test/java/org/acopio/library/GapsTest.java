package org.acopio.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.catalog.FileFacts;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

/** Numbers that are waited for. */
class GapsTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final Gaps gaps = new Gaps(clock::get);

  private static List<FileFacts> files(long... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(
            number ->
                new FileFacts(
                    number,
                    1,
                    1,
                    FilePath.of("a"),
                    1,
                    1,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    "image/png",
                    Sha256.finish(Sha256.start())))
        .toList();
  }

  @Test
  void whatWasPassedOverIsWaitedForUntilItIsThere() {
    gaps.passed(10, files(11, 13, 16));
    assertEquals(Set.of(12L, 14L, 15L), gaps.open());
    gaps.found(files(14));
    assertEquals(Set.of(12L, 15L), gaps.open());
    assertTrue(gaps.has(12));
  }

  @Test
  void patienceEnds() {
    gaps.passed(1, files(3));
    clock.addAndGet(Gaps.PATIENCE.toNanos());
    gaps.passed(3, files(5));
    assertEquals(Set.of(2L, 4L), gaps.open());
    clock.incrementAndGet();
    assertEquals(Set.of(4L), gaps.open());
  }

  @Test
  void hugeGapCostsLittle() {
    gaps.passed(0, files(Long.MAX_VALUE - 1));
    assertEquals(Gaps.MOST, gaps.open().size());
    assertTrue(gaps.has(Long.MAX_VALUE - 2));
  }
}
