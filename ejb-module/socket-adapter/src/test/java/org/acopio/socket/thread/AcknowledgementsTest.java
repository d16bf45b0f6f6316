package org.acopio.socket.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.acopio.socket.thread.KernelTables.UnderWay;
import org.junit.jupiter.api.Test;

/** Who takes nothing is gone within a minute; who takes little, or says so, is not. */
class AcknowledgementsTest {
  private static final int MINUTE = 60;
  private static final int LOOK = 3;

  private final Acknowledgements peer = new Acknowledgements();

  /** What the system tells at a moment. */
  private interface Course {
    UnderWay at(long second);
  }

  private boolean goneWithin(int seconds, Course course) {
    for (long second = 0; second < seconds; second += LOOK) {
      if (peer.isGone(TimeUnit.SECONDS.toNanos(second), 1, course.at(second))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whoAcknowledgesNothingIsGoneWithinAMinuteAndNotAtOnce() {
    assertFalse(goneWithin(45, second -> new UnderWay(10, 1 + second / 10)));
    assertTrue(goneWithin(MINUTE, second -> new UnderWay(10 + second, 1 + second / 10)));
  }

  @Test
  void whoHasNoRoomAndSaysSoStays() {
    assertFalse(goneWithin(10 * MINUTE, second -> new UnderWay(10, 0)));
  }

  @Test
  void whoAcknowledgesSomeOfItNowAndThenStays() {
    assertFalse(goneWithin(10 * MINUTE, second -> new UnderWay(10_000 - second / 40, 3)));
    assertFalse(goneWithin(10 * MINUTE, second -> new UnderWay(10, 1 + second % 40)));
  }

  @Test
  void theSystemIsAskedOnlyOfThoseWhoWereSentSomethingSince() {
    assertFalse(peer.mayLack(0));
    assertTrue(peer.mayLack(20));
    assertFalse(peer.isGone(0, 20, null));
    assertFalse(peer.isGone(0, 20, null));
    assertFalse(peer.mayLack(20));
    assertTrue(peer.mayLack(21));
  }

  @Test
  void aRowThatIsMissedOnceIsNoAcknowledgement() {
    assertTrue(
        goneWithin(MINUTE, second -> second == 30 ? null : new UnderWay(10, 1 + second / 10)));
    assertTrue(peer.mayLack(1));
  }
}
