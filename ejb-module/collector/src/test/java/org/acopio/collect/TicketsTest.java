package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

class TicketsTest {
  /** Over before it began: no clock is waited for. */
  private static final Duration PAST = Duration.ofSeconds(-1);

  private static OpenCollection collection(Tickets tickets) {
    OpenCollection collection =
        new OpenCollection(
            tickets.fresh(),
            new OpenCollection.Owner(new Peer("192.0.2.17", 0, Transport.RMI), "PC"),
            Sha256.of(new byte[Sha256.LENGTH]),
            1,
            1,
            1,
            Server.NOW,
            1,
            System::nanoTime);
    tickets.add(collection);
    return collection;
  }

  @Test
  void expiredTicketIsUnknown() {
    Tickets tickets = new Tickets(PAST);
    OpenCollection collection = collection(tickets);
    CollectorException refused =
        assertThrows(
            CollectorException.class,
            () -> tickets.use(collection.owner.peer(), collection.ticket));
    assertEquals(Code.TICKET_UNKNOWN, refused.code());
    assertTrue(refused.code().retryable());
  }

  @Test
  void expiredCollectionsAreTakenOutOnce() {
    Tickets tickets = new Tickets(PAST);
    OpenCollection collection = collection(tickets);
    assertEquals(1, tickets.count());
    assertEquals(List.of(collection), tickets.expired());
    assertEquals(List.of(), tickets.expired());
    assertEquals(0, tickets.count());
  }

  @Test
  void collectionThatIsUsedDoesNotExpire() throws Exception {
    Tickets tickets = new Tickets(Duration.ofDays(1));
    OpenCollection collection = collection(tickets);
    assertEquals(List.of(), tickets.expired());
    assertSame(collection, tickets.use(collection.owner.peer(), collection.ticket));
  }

  @Test
  void collectionIsTakenOutByOneCallOnly() {
    Tickets tickets = new Tickets(Duration.ofDays(1));
    OpenCollection collection = collection(tickets);
    assertTrue(tickets.remove(collection));
    assertFalse(tickets.remove(collection));
    assertEquals(List.of(), tickets.drain());
  }

  @Test
  void ticketsCannotBeGuessed() {
    Tickets tickets = new Tickets(Duration.ofDays(1));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String ticket = tickets.fresh();
      assertTrue(ticket.matches("[0-9a-f]{32}"));
      assertTrue(seen.add(ticket));
    }
  }
}
