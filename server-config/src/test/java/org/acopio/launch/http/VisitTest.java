package org.acopio.launch.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long what of a request may take. Times are told, none passes. */
class VisitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Visit visit(Duration firstByte) {
    return new Visit(InetAddress.getLoopbackAddress(), new HttpLimits(1, 1, firstByte), 0);
  }

  private static Visit visit() {
    return visit(Duration.ofSeconds(20));
  }

  @Test
  void whoSaysNothingIsLate() {
    assertFalse(visit().isLate(20 * SECOND));
    assertTrue(visit().isLate(21 * SECOND));
  }

  @Test
  void byteByByteAHeadGetsNoLonger() {
    Visit visit = visit();
    for (int second = 1; second <= 20; second++) {
      visit.heard(1, second * SECOND);
    }
    assertTrue(visit.isLate(21 * SECOND));
  }

  @Test
  void zeroIsForEver() {
    assertFalse(visit(Duration.ZERO).isLate(1_000_000 * SECOND));
  }

  @Test
  void bodyHasAMinuteAndASecondMoreForEachKibibyte() {
    Visit visit = visit();
    assertTrue(visit.request(false, 10 * SECOND), "a new request");
    assertFalse(visit.isLate(70 * SECOND));
    assertTrue(visit.isLate(71 * SECOND));
    visit.heard(10_240, 60 * SECOND);
    assertFalse(visit.request(false, 60 * SECOND), "the same request");
    assertFalse(visit.isLate(79 * SECOND));
    assertTrue(visit.isLate(81 * SECOND));
  }

  @Test
  void answerTakesAsLongAsTheServerNeeds() {
    Visit visit = visit();
    visit.request(true, SECOND);
    assertFalse(visit.isLate(10_000 * SECOND));
    visit.request(false, SECOND);
    assertFalse(visit.isLate(10_000 * SECOND), "what follows waits for its turn");
  }

  @Test
  void nextRequestHasItsOwnTimeFromItsFirstByte() {
    Visit visit = visit();
    visit.request(false, SECOND);
    assertFalse(visit.request(true, 2 * SECOND));
    visit.answered(3 * SECOND);
    assertFalse(visit.isLate(100 * SECOND), "between requests the container watches");
    visit.heard(1, 100 * SECOND);
    visit.heard(1, 119 * SECOND);
    assertFalse(visit.isLate(120 * SECOND));
    assertTrue(visit.isLate(121 * SECOND));
    assertTrue(visit.request(true, 120 * SECOND), "another request");
  }

  @Test
  void requestsInOnePieceAreToldApart() {
    Visit visit = visit();
    assertTrue(visit.request(true, SECOND));
    visit.answered(SECOND);
    assertTrue(visit.request(true, SECOND));
  }

  @Test
  void webSocketHasToGiveASignOfLife() {
    Visit visit = visit();
    visit.request(false, SECOND);
    visit.upgraded(2 * SECOND);
    visit.answered(4 * SECOND);
    // What is pushed to somebody who is gone says nothing about it.
    visit.upgraded(30 * SECOND);
    assertFalse(visit.isLate(42 * SECOND));
    assertTrue(visit.isLate(43 * SECOND));
    for (int second = 15; second <= 3_600; second += 15) {
      assertFalse(visit.isLate(second * SECOND));
      visit.heard(1, second * SECOND);
    }
    assertFalse(visit.isLate(3_640 * SECOND));
    assertTrue(visit.isLate(3_641 * SECOND));
  }
}
