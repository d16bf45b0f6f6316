package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OneTimeTicketsTest {
  private final MovableClock clock = new MovableClock();
  private final OneTimeTickets tickets = new OneTimeTickets(clock);

  @Test
  void ticketIsGoodOnce() {
    String ticket = tickets.make();
    assertTrue(ticket.matches("[A-Za-z0-9_-]{43}"), ticket);
    assertTrue(tickets.isGood(ticket));
    assertTrue(tickets.isGood(ticket), "looking does not use it up");
    assertTrue(tickets.use(ticket));
    assertFalse(tickets.use(ticket));
    assertFalse(tickets.isGood(ticket));
  }

  @Test
  void ticketIsGoodForTenMinutes() {
    String ticket = tickets.make();
    clock.pass(OneTimeTickets.VALID.minus(Duration.ofMillis(1)));
    assertTrue(tickets.isGood(ticket));
    clock.pass(Duration.ofMillis(1));
    assertFalse(tickets.isGood(ticket));
    assertFalse(tickets.use(ticket));
  }

  @Test
  void otherTextIsNone() {
    assertFalse(tickets.use(""));
    assertFalse(tickets.use(tickets.make() + "x"));
    assertNotEquals(tickets.make(), tickets.make());
  }

  @Test
  void oldestGoesFirstWhenThereAreMany() {
    String first = tickets.make();
    String last = "";
    for (int i = 1; i < OneTimeTickets.MOST; i++) {
      last = tickets.make();
    }
    assertTrue(tickets.isGood(first));
    tickets.make();
    assertFalse(tickets.isGood(first));
    assertEquals(true, tickets.isGood(last));
  }
}
