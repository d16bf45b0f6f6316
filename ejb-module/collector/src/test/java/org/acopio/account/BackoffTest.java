package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final MovableClock clock = new MovableClock();
  private final Backoff backoff = new Backoff(clock, 5);

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      backoff.count(name);
    }
  }

  @Test
  void someFailuresCostNothing() {
    fail("ana", 4);
    assertEquals(Duration.ZERO, backoff.left("ana"));
  }

  @Test
  void eachFurtherFailureDoublesTheWaitUpToAQuarterOfAnHour() {
    fail("ana", 5);
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}) {
      assertEquals(Duration.ofSeconds(seconds), backoff.left("ana"));
      clock.pass(Duration.ofSeconds(seconds));
      assertEquals(Duration.ZERO, backoff.left("ana"));
      backoff.count("ana");
    }
  }

  @Test
  void waitIsToldInWholeSecondsAndNeverAsNone() {
    fail("ana", 5);
    clock.pass(Duration.ofMillis(999));
    assertEquals(Duration.ofSeconds(1), backoff.left("ana"));
  }

  @Test
  void othersDoNotWait() {
    fail("ana", 9);
    assertEquals(Duration.ZERO, backoff.left("rosa"));
  }

  @Test
  void hourOfQuietForgivesEverything() {
    fail("ana", 9);
    clock.pass(Duration.ofSeconds(16).plusHours(1).plusMillis(1));
    fail("ana", 4);
    assertEquals(Duration.ZERO, backoff.left("ana"));
  }

  @Test
  void tryThatIsTakenBackLeavesOthersWaits() {
    fail("ana", 6);
    assertEquals(Duration.ofSeconds(2), backoff.left("ana"));
    backoff.count("ana");
    backoff.undo("ana");
    assertTrue(backoff.left("ana").compareTo(Duration.ofSeconds(2)) >= 0);
    backoff.forget("ana");
    assertEquals(Duration.ZERO, backoff.left("ana"));
  }

  @Test
  void oneTryTakenBackIsAsIfItHadNotBeen() {
    fail("ana", 5);
    backoff.undo("ana");
    assertEquals(Duration.ZERO, backoff.left("ana"));
    backoff.count("ana");
    assertEquals(Duration.ofSeconds(1), backoff.left("ana"));
    backoff.undo("nobody");
  }

  @Test
  void namesDoNotFillTheMemory() {
    fail("first", 6);
    for (int i = 0; i < Backoff.MOST; i++) {
      backoff.count("name " + i);
    }
    assertEquals(Duration.ZERO, backoff.left("first"));
  }

  @Test
  void failuresAreRememberedForAnHour() {
    fail("ana", 5);
    clock.pass(Duration.ofSeconds(1).plusHours(1));
    backoff.count("ana");
    assertEquals(Duration.ofSeconds(2), backoff.left("ana"));
  }

  @Test
  void nameThatIsUsedIsKept() {
    fail("ana", 6);
    for (int i = 0; i < Backoff.MOST - 1; i++) {
      backoff.count("name " + i);
    }
    assertEquals(Duration.ofSeconds(2), backoff.left("ana"));
    backoff.count("another");
    assertEquals(Duration.ofSeconds(2), backoff.left("ana"), "it was asked for");
  }

  @Test
  void networkOfVersion6IsItsFirstHalf() {
    assertEquals("20010db800010002", Backoff.network("2001:db8:1:2:3:4:5:6"));
    assertEquals("192.0.2.7", Backoff.network("192.0.2.7"));
    assertEquals("no:address:at:all", Backoff.network("no:address:at:all"));
  }
}
