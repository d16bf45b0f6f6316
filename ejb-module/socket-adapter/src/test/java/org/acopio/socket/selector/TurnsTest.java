package org.acopio.socket.selector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.selector.Turns.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody keeps all workers, and nobody waits without need. */
class TurnsTest {
  private final Turns turns = new Turns(48);
  private final List<Turn> running = new ArrayList<>();

  private static Turn turn(int address, @Nullable Object group) {
    Client client = new Client(address(address), group);
    return new Turn(
        client,
        new Workers.Task() {
          @Override
          public void run(Bean bean) {}

          @Override
          public Client client() {
            return client;
          }
        });
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, (byte) (last >> 8), (byte) last});
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** How many of a hundred deliveries begin. */
  private int blocked(int address, @Nullable Object group) {
    int before = running.size();
    for (int i = 0; i < 100; i++) {
      Turn turn = turn(address, group);
      if (turns.begins(turn)) {
        running.add(turn);
      }
    }
    return running.size() - before;
  }

  private void endAll() {
    while (!running.isEmpty()) {
      turns.ended(running.remove(running.size() - 1));
    }
  }

  @Test
  void oneAddressGetsHalfOfTheWorkersInHoweverManyGroups() {
    for (int group = 0; group < 100; group++) {
      Turn turn = turn(1, group);
      if (turns.begins(turn)) {
        running.add(turn);
      }
    }
    assertEquals(24, running.size());
    assertEquals(8, blocked(2, null));
    assertEquals(6, blocked(3, null));
  }

  @Test
  void oneGroupGetsAThirdAndLeavesSomeToOthersOfItsAddress() {
    assertEquals(16, blocked(1, "a"));
    assertTrue(turns.begins(turn(1, "b")));
    assertTrue(turns.begins(turn(1, null)));
  }

  @Test
  void thoseWithoutAGroupLeaveSomeToThoseWithOne() {
    assertEquals(16, blocked(1, null));
    assertEquals(6, blocked(1, "a"));
    assertTrue(turns.begins(turn(1, "b")));
  }

  @Test
  void whoHasNoneGetsOneAsLongAsAWorkerIsFree() {
    for (int address = 0; address < 48; address++) {
      assertTrue(turns.begins(turn(address, "group")), "address " + address);
    }
    assertFalse(turns.begins(turn(48, "group")));
  }

  @Test
  void oneWorkerIsEnough() {
    Turns single = new Turns(1);
    Turn first = turn(1, "a");
    Turn second = turn(1, "a");
    assertTrue(single.begins(first));
    assertFalse(single.begins(second));
    assertNull(single.next());
    single.ended(first);
    assertEquals(second, single.next());
  }

  @Test
  void whoWaitsIsServedInOrderAndClientsByTurns() {
    Turns single = new Turns(1);
    Turn runs = turn(9, null);
    assertTrue(single.begins(runs));
    List<Turn> waiting =
        List.of(turn(1, null), turn(1, null), turn(1, null), turn(2, null), turn(2, null));
    waiting.forEach(turn -> assertFalse(single.begins(turn)));
    List<Turn> served = new ArrayList<>();
    for (@Nullable Turn next = runs; next != null; next = single.next()) {
      served.add(next);
      single.ended(next);
    }
    assertEquals(
        List.of(
            runs, waiting.get(0), waiting.get(3), waiting.get(1), waiting.get(4), waiting.get(2)),
        served);
  }

  @Test
  void nobodyOvertakesTheirOwnClient() {
    blocked(1, null);
    turns.ended(running.remove(0));
    // A place is free, but the oldest that waits has it.
    assertFalse(turns.begins(turn(1, null)));
  }

  @Test
  void allThatWaitedAreServedOnceWorkersAreFreeAndEverythingBeginsAnew() {
    int began = blocked(1, "a") + blocked(1, "b") + blocked(2, "a") + blocked(3, null);
    endAll();
    int served = 0;
    for (@Nullable Turn next = turns.next(); next != null; next = turns.next()) {
      turns.ended(next);
      served++;
    }
    assertEquals(400, began + served);
    assertEquals(16, blocked(4, null));
  }
}
