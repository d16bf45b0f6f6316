package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StrideTest {
  private static final int MOST = 4 << 20;
  private static final int LANES = 8;

  private long now = Long.MAX_VALUE - 5;

  private Stride stride(int most) {
    return new Stride(most, () -> now);
  }

  private void pass(Stride stride, long millis) {
    long begun = stride.begin();
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    stride.passed(begun, stride.bytes());
  }

  /** Calls on a line that lanes share, one after the other. */
  private void passOver(Stride stride, long roundTripMillis, long bytesPerMilli, int calls) {
    for (int i = 0; i < calls; i++) {
      pass(stride, roundTripMillis + (long) LANES * stride.bytes() / bytesPerMilli);
    }
  }

  @Test
  void itGrowsWhileCallsAreQuick() {
    Stride stride = stride(MOST);
    assertEquals(Stride.FIRST_BYTES, stride.bytes());
    passOver(stride, 0, 1_000_000, 4);
    assertEquals(MOST, stride.bytes());
  }

  @Test
  void latencyAloneKeepsItFromNothing() {
    Stride stride = stride(MOST);
    passOver(stride, 300, 1_000_000, 5);
    assertEquals(MOST, stride.bytes());
  }

  @Test
  void whatTheTicketAllowsIsTheMost() {
    Stride stride = stride(20_000);
    passOver(stride, 1, 1_000_000, 5);
    assertEquals(20_000, stride.bytes());
    stride.lost(stride.begin());
    assertEquals(Stride.LEAST_BYTES, stride.bytes());
  }

  @Test
  void aSlowLineThatHoldsGetsNoSmallCalls() {
    Stride stride = stride(MOST);
    for (int i = 0; i < 50; i++) {
      passOver(stride, 20, 100, 1);
      assertTrue(stride.bytes() >= Stride.FIRST_BYTES, () -> stride.bytes() + " bytes");
    }
  }

  @Test
  void onASlowLineThatBreaksLittleIsOnItsWay() {
    Stride stride = stride(MOST);
    for (int losses = 0; losses < 8; losses++) {
      passOver(stride, 20, 500, 5);
      stride.lost(stride.begin());
    }
    for (int i = 0; i < 50; i++) {
      passOver(stride, 20, 500, 1);
      long millis = (long) LANES * stride.bytes() / 500;
      assertTrue(millis <= 400, () -> stride.bytes() + " bytes take " + millis + " ms");
    }
  }

  /** Lanes lose their connections together. */
  @Test
  void aLossIsOneReasonToShrink() {
    Stride stride = stride(MOST);
    long begun = stride.begin();
    now++;
    for (int lane = 0; lane < LANES; lane++) {
      stride.lost(begun);
    }
    assertEquals(Stride.FIRST_BYTES / 2, stride.bytes());
  }

  @Test
  void aPauseOfTheServerIsForgotten() {
    Stride stride = stride(MOST);
    passOver(stride, 1, 1_000_000, 8);
    pass(stride, 30_000);
    assertTrue(stride.bytes() < MOST);
    passOver(stride, 1, 1_000_000, 15);
    assertEquals(MOST, stride.bytes());
  }

  /** Eight lanes whose calls were equally quick are one reason to grow, not eight. */
  @Test
  void callsThatBeganBeforeAChangeChangeNothing() {
    Stride stride = stride(MOST);
    long begun = stride.begin();
    now += TimeUnit.MILLISECONDS.toNanos(5);
    for (int lane = 0; lane < LANES; lane++) {
      stride.passed(begun, Stride.FIRST_BYTES);
    }
    assertEquals(2 * Stride.FIRST_BYTES, stride.bytes());
  }

  @Test
  void smallCallsDoNotTellHowLargeOnesPass() {
    Stride stride = stride(MOST);
    for (int i = 0; i < 10; i++) {
      long begun = stride.begin();
      now += TimeUnit.MILLISECONDS.toNanos(1);
      stride.passed(begun, 1_000);
    }
    assertEquals(Stride.FIRST_BYTES, stride.bytes());
  }
}
