package org.acopio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody finds who looks for sessions, and what is counted of them. */
class SessionQueryTest {
  private final Sessions sessions = new Sessions(SessionHistory.NONE);

  @AfterEach
  void close() {
    sessions.close();
  }

  private Session open(SessionKind kind, String address, int port, long messages) {
    FakeLink link = new FakeLink(new InetSocketAddress(address, port));
    link.messages = messages;
    return sessions.open(kind, link);
  }

  private void openSome() {
    open(SessionKind.RMI, "192.0.2.10", 5_001, 7);
    open(SessionKind.ECHO, "192.0.2.9", 5_002, 9).detail("Aula 3");
    open(SessionKind.ECHO, "2001:db8::1", 4_000, 8);
    open(SessionKind.ECHO, "192.0.2.9", 501, 7);
  }

  private List<Integer> found(
      Optional<SessionKind> kind, String text, SessionOrder order, boolean descending) {
    SessionPage page = sessions.page(new SessionQuery(kind, text, order, descending, 0, 10));
    assertEquals(page.matching(), page.sessions().size());
    return page.sessions().stream().map(Session::remotePort).toList();
  }

  private List<Integer> found(String text) {
    return found(Optional.empty(), text, SessionOrder.BEGUN, false);
  }

  @Test
  void textIsLookedForInAddressPortAndDetail() {
    openSome();
    assertEquals(List.of(5_001, 5_002, 4_000, 501), found(" "));
    assertEquals(List.of(5_002, 501), found("192.0.2.9"));
    assertEquals(List.of(5_001, 5_002, 501), found(":50"));
    assertEquals(List.of(501), found("2.9:501"));
    assertEquals(List.of(4_000), found("1]:4000"));
    assertEquals(List.of(5_002), found("AULA"));
    assertEquals(List.of(), found("203.0.113.1"));
  }

  @Test
  void thoseThatASearchFoundAreClosedAndNoOthers() {
    openSome();
    assertEquals(1, sessions.closeAll(Optional.of(SessionKind.ECHO), "2.9:501"));
    assertEquals(
        2, sessions.closeAll(Optional.empty(), " 192.0.2."), "those that are closing do not count");
    Session other = sessions.page(SessionQuery.all(10)).sessions().get(2);
    assertEquals(4_000, other.remotePort());
    assertTrue(other.close(), "it was left open");
  }

  @Test
  void thePortOfTheServerIsFoundAndSortedBy() {
    openAt(5_001, 9_999, 0);
    openAt(5_002, 4_000, 0);
    openAt(5_003, 65_432, 0);
    assertEquals(List.of(5_002), found(":4000"));
    assertEquals(List.of(5_001), found("9999"));
    assertEquals(
        List.of(5_003, 5_001, 5_002), found(Optional.empty(), "", SessionOrder.LOCAL_PORT, true));
  }

  @Test
  void theOldestIsTheOneThatWasOpenedFirst() {
    openAt(5_001, 9_999, 30);
    openAt(5_002, 9_999, 10);
    openAt(5_003, 9_999, 20);
    assertEquals(List.of(5_002, 5_003, 5_001), found(""));
  }

  private void openAt(int port, int localPort, long second) {
    FakeLink link = new FakeLink(new InetSocketAddress("192.0.2.9", port));
    link.localPort = localPort;
    link.openedAt = Instant.ofEpochSecond(second);
    sessions.open(SessionKind.ECHO, link);
  }

  @Test
  void addressesAreSortedAsNumbersWithIpv4First() {
    openSome();
    Optional<SessionKind> all = Optional.empty();
    assertEquals(List.of(501, 5_002, 5_001, 4_000), found(all, "", SessionOrder.ADDRESS, false));
    assertEquals(List.of(4_000, 5_001, 5_002, 501), found(all, "", SessionOrder.ADDRESS, true));
  }

  @Test
  void equalOnesStayInOrderOfArrivalWhicheverWayTheyAreSorted() {
    openSome();
    Optional<SessionKind> all = Optional.empty();
    assertEquals(List.of(5_001, 501, 4_000, 5_002), found(all, "", SessionOrder.MESSAGES, false));
    assertEquals(List.of(5_002, 4_000, 5_001, 501), found(all, "", SessionOrder.MESSAGES, true));
    assertEquals(List.of(501, 4_000, 5_002, 5_001), found(all, "", SessionOrder.BEGUN, true));
  }

  @Test
  void pageTellsHowManyMatchBeyondIt() {
    openSome();
    SessionPage page =
        sessions.page(
            new SessionQuery(Optional.of(SessionKind.ECHO), "", SessionOrder.PORT, false, 1, 1));
    assertEquals(3, page.matching());
    assertEquals(4_000, page.sessions().get(0).remotePort());
  }

  @Test
  void longTextAndImpossiblePagesAreRefused() {
    Optional<SessionKind> all = Optional.empty();
    String longText = "x".repeat(SessionQuery.MAX_TEXT + 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new SessionQuery(all, longText, SessionOrder.BEGUN, false, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SessionQuery(all, "", SessionOrder.BEGUN, false, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> SessionQuery.all(0));
  }

  @Test
  void everyOrderIsFoundByItsWord() {
    for (SessionOrder order : SessionOrder.values()) {
      assertEquals(order, SessionOrder.of(order.word()).orElseThrow());
    }
    assertTrue(SessionOrder.of("size").isEmpty());
  }

  @Test
  void changesTellWhenThereIsSomethingNewToSee() {
    long none = sessions.changes();
    Session session = open(SessionKind.ECHO, "192.0.2.9", 1, 0);
    long begun = sessions.changes();
    assertNotEquals(none, begun);
    assertEquals(begun, sessions.changes());
    session.detail("PC");
    long named = sessions.changes();
    assertNotEquals(begun, named);
    session.detail("PC");
    assertEquals(named, sessions.changes());
    session.close();
    long closing = sessions.changes();
    assertNotEquals(named, closing);
    session.ended(EndReason.LOCAL);
    assertNotEquals(closing, sessions.changes());
  }

  @Test
  void totalsHaveTheLiveAndTheEndedAndNeverFall() {
    Session first = open(SessionKind.ECHO, "192.0.2.9", 1, 5);
    open(SessionKind.ECHO, "192.0.2.9", 2, 4);
    assertEquals(9, sessions.totals(SessionKind.ECHO).messages());
    first.ended(EndReason.RESET);
    KindTotals totals = sessions.totals(SessionKind.ECHO);
    assertEquals(2, totals.begun());
    assertEquals(9, totals.messages());
    assertEquals(20, totals.bytesRead());
    assertEquals(40, totals.bytesWritten());
    assertEquals(1, totals.ended().get(EndReason.RESET));
    assertEquals(0, totals.ended().get(EndReason.PEER));
    assertEquals(1, sessions.ended(SessionKind.ECHO, EndReason.RESET));
    assertEquals(0, sessions.totals(SessionKind.RMI).begun());
  }

  @Test
  void detailIsTextThatCannotHideAnything() {
    Session session = open(SessionKind.RMI, "192.0.2.9", 1, 0);
    session.detail("a\u0000b\u202ec\nd <b>");
    assertEquals("a\uFFFDb\uFFFDc\uFFFDd <b>", session.detail());
  }
}
