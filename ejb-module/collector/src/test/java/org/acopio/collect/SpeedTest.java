package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long SECOND = 1_000_000_000L;

  private final Speed speed = new Speed(0);

  @Test
  void nothingIsSaidBeforeHalfASecond() {
    assertEquals(0, speed.bytesPerSecond(SECOND / 2 - 1, 1_000));
    assertEquals(2_000, speed.bytesPerSecond(SECOND / 2, 1_000));
  }

  @Test
  void onlyTheLastSecondsCount() {
    speed.tell(SECOND, 1_000_000);
    for (int second = 2; second <= 6; second++) {
      speed.tell(second * SECOND, 1_000_000 + second);
    }
    assertEquals(1, speed.bytesPerSecond(6 * SECOND, 1_000_006));
  }

  @Test
  void speedFallsToNothingWhenNothingComes() {
    for (int second = 1; second <= 12; second++) {
      speed.tell(second * SECOND, 500);
    }
    assertEquals(0, speed.bytesPerSecond(12 * SECOND, 500));
  }

  @Test
  void bytesSinceTheLastTellingCount() {
    speed.tell(SECOND, 100);
    assertEquals(200, speed.bytesPerSecond(2 * SECOND, 400));
  }
}
