package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {
  private final DurationHistogram histogram = new DurationHistogram();

  @Test
  void boundsReachFromATenthOfAMillisecondToSeconds() {
    List<Duration> bounds = DurationHistogram.bounds();
    assertEquals(Duration.ofNanos(100_000), bounds.get(0));
    assertEquals(Duration.ofSeconds(5), bounds.get(bounds.size() - 1));
    assertEquals(bounds.stream().sorted().distinct().toList(), bounds);
  }

  @Test
  void eachBoundCountsWhatTookAtMostThatLong() {
    histogram.add(100_000);
    histogram.add(100_001);
    histogram.add(Duration.ofMinutes(1).toNanos());
    assertEquals(1, histogram.count(Duration.ofNanos(100_000)));
    assertEquals(2, histogram.count(Duration.ofNanos(250_000)));
    assertEquals(2, histogram.count(Duration.ofSeconds(5)));
    assertEquals(3, histogram.count());
  }

  @Test
  void sumAndLongestAreExact() {
    histogram.add(7);
    histogram.add(-1);
    histogram.add(5);
    assertEquals(Duration.ofNanos(12), histogram.sum());
    assertEquals(Duration.ofNanos(7), histogram.longest());
    assertEquals(3, histogram.count());
  }

  @Test
  void whatIsNoBoundIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> histogram.count(Duration.ofNanos(1)));
  }
}
