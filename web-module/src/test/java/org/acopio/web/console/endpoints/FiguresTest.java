package org.acopio.web.console.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How rates and latencies are told from what was counted. */
class FiguresTest {
  private static final long SECOND = 1_000_000_000L;
  private long now = 7;

  @Test
  void aRateIsTheGrowthSinceTheLastLook() {
    Rates rates = new Rates(() -> now);
    assertEquals(0, rates.of("a", 100));
    now += SECOND / 2;
    assertEquals(40, rates.of("a", 120));
    now += SECOND;
    assertEquals(0, rates.of("a", 120));
  }

  @Test
  void aLookTooSoonTellsTheRateOfBefore() {
    Rates rates = new Rates(() -> now);
    rates.of("a", 0);
    now += SECOND;
    assertEquals(10, rates.of("a", 10));
    now += Rates.SHORTEST_NANOS - 1;
    assertEquals(10, rates.of("a", 10_000));
  }

  @Test
  void aRateBeginsAnewAfterALongTimeOrAnewCount() {
    Rates rates = new Rates(() -> now);
    rates.of("a", 0);
    now += Rates.LONGEST_NANOS + 1;
    assertEquals(0, rates.of("a", 1_000_000));
    now += SECOND;
    assertEquals(0, rates.of("a", 5), "the port was opened again");
    now += SECOND;
    assertEquals(2, rates.of("a", 7));
  }

  @Test
  void quantilesAreWithinFivePercentAndBeginAnewEachTime() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 100; i++) {
      latencies.add(i * 1_000_000L);
    }
    Latencies.Quantiles quantiles = latencies.take();
    assertEquals(50, quantiles.p50(), 2.5);
    assertEquals(99, quantiles.p99(), 5);
    assertEquals(100, quantiles.max(), 5);
    assertEquals(Latencies.Quantiles.NONE, latencies.take());
  }

  @Test
  void latenciesBeyondEveryClassStillCount() {
    Latencies latencies = new Latencies();
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);
    Latencies.Quantiles quantiles = latencies.take();
    assertTrue(quantiles.p50() < 0.01, quantiles::toString);
    assertTrue(quantiles.max() > 60_000, quantiles::toString);
  }
}
