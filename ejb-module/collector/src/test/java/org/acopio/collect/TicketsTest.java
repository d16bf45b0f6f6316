package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;

class TicketsTest {
  /** Over before it began: no clock is waited for. */
  private static final Duration PAST = Duration.ofSeconds(-1);

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();

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

  private OpenCollection collectionOf(Tickets tickets, long agent, Optional<Sha256> certificate) {
    OpenCollection collection =
        new OpenCollection(
            tickets.fresh(),
            new OpenCollection.Owner(
                new Peer("192.0.2.17", 0, Transport.RMI, certificate), "PC " + agent),
            Sha256.of(new byte[Sha256.LENGTH]),
            agent,
            1,
            1,
            Server.NOW,
            1,
            nanos::get);
    tickets.add(collection);
    return collection;
  }

  private static Sha256 certificate(int number) {
    byte[] digest = new byte[Sha256.LENGTH];
    digest[0] = (byte) number;
    return Sha256.of(digest);
  }

  @Test
  void everyUseBeginsTheTimeAnew() throws Exception {
    Tickets tickets = new Tickets(IDLE);
    OpenCollection collection = collectionOf(tickets, 1, Optional.empty());
    for (int use = 0; use < 3; use++) {
      nanos.addAndGet(IDLE.toNanos());
      assertSame(collection, tickets.use(collection.owner.peer(), collection.ticket));
    }
    nanos.addAndGet(IDLE.toNanos() + 1);
    assertThrows(
        CollectorException.class, () -> tickets.use(collection.owner.peer(), collection.ticket));
  }

  @Test
  void collectionsAreFoundByTheirAgent() {
    Tickets tickets = new Tickets(IDLE);
    OpenCollection first = collectionOf(tickets, 1, Optional.empty());
    OpenCollection second = collectionOf(tickets, 2, Optional.empty());
    assertEquals(Set.of(first, second), Set.copyOf(tickets.all()));
    assertEquals(List.of(first), tickets.of(1));
    assertEquals(List.of(), tickets.of(3));
    assertEquals("PC 2", tickets.hostName(second.ticket));
    assertEquals("", tickets.hostName(tickets.fresh()));
  }

  @Test
  void thoseOfOneAgentAreTakenOutAndTheOthersStay() {
    Tickets tickets = new Tickets(IDLE);
    OpenCollection first = collectionOf(tickets, 1, Optional.empty());
    OpenCollection second = collectionOf(tickets, 2, Optional.empty());
    assertEquals(List.of(first), tickets.takeOf(1));
    assertEquals(List.of(), tickets.takeOf(1));
    assertEquals(List.of(second), tickets.drain());
    assertEquals(0, tickets.count());
  }

  /** A certificate that was taken back ends what was opened with it, and nothing else. */
  @Test
  void thoseOfOneCertificateAreTakenOutAndTheOthersStay() {
    Tickets tickets = new Tickets(IDLE);
    OpenCollection revoked = collectionOf(tickets, 1, Optional.of(certificate(1)));
    OpenCollection other = collectionOf(tickets, 1, Optional.of(certificate(2)));
    OpenCollection local = collectionOf(tickets, 1, Optional.empty());
    assertEquals(List.of(revoked), tickets.takeCertified(certificate(1)));
    assertEquals(Set.of(other, local), Set.copyOf(tickets.all()));
  }
}
