package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every database must do with past sessions, beside what it does with files. */
abstract class HistoryContract extends CatalogContract {
  private static final Optional<String> ALL = Optional.empty();
  private static final long FIRST_PAGE = Long.MAX_VALUE;

  private static PastSession session(String kind, int port, Instant openedAt, Duration duration) {
    return new PastSession(
        0, kind, "192.0.2.7", port, 9_999, openedAt, duration, 1, 2, 3, "peer", "");
  }

  private static PastSession session(String kind, int port) {
    return session(kind, port, Samples.NOW, Duration.ofSeconds(5));
  }

  private static List<Integer> ports(List<PastSession> page) {
    return page.stream().map(PastSession::remotePort).toList();
  }

  @Test
  final void pastSessionReadsBackAsItWas() {
    PastSession written =
        new PastSession(
            0,
            "session-selector",
            "2001:db8:0:0:0:0:0:1",
            65_535,
            6_668,
            Samples.NOW,
            Duration.ofSeconds(86_400, 999_999_999),
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE - 2,
            "first-byte",
            "PC de Ñusta 📷");
    catalog.addPastSessions(List.of(written));
    reopen();
    PastSession read = catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 10)).get(0);
    assertTrue(read.number() > 0);
    assertEquals(
        written,
        new PastSession(
            0,
            read.kind(),
            read.remoteAddress(),
            read.remotePort(),
            read.localPort(),
            read.openedAt(),
            read.duration(),
            read.messages(),
            read.bytesRead(),
            read.bytesWritten(),
            read.reason(),
            read.detail()));
  }

  @Test
  final void textsOfAnyKindAreKeptCleanAndCut() {
    String hostile = "a\0b\n\uD800" + "x".repeat(300);
    catalog.addPastSessions(
        List.of(
            new PastSession(
                0, hostile, hostile, 1, 1, Samples.NOW, Duration.ZERO, 0, 0, 0, hostile, hostile)));
    PastSession read = catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 10)).get(0);
    assertEquals(PastSession.MAX_DETAIL, read.detail().length());
    assertTrue(read.detail().startsWith("a\uFFFDb\uFFFD\uFFFDx"), read::detail);
    assertEquals(PastSession.MAX_WORD, read.kind().length());
  }

  @Test
  final void pagesOfPastSessionsAreNewestFirst() {
    List<Integer> all = IntStream.range(0, 2_500).boxed().toList();
    for (int from = 0; from < all.size(); from += 500) {
      catalog.addPastSessions(
          all.subList(from, from + 500).stream().map(port -> session("echo", port)).toList());
    }
    List<Integer> paged = new ArrayList<>();
    for (List<PastSession> page =
            catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 999));
        !page.isEmpty();
        page =
            catalog.pastSessions(
                PastSessionQuery.newest(ALL, page.get(page.size() - 1).number(), 999))) {
      paged.addAll(ports(page));
    }
    List<Integer> newestFirst = new ArrayList<>(all);
    Collections.reverse(newestFirst);
    assertEquals(newestFirst, paged);
    assertThrows(
        IllegalArgumentException.class,
        () -> catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 0)));
  }

  @Test
  final void pagesOfOneKindHaveNoOther() {
    catalog.addPastSessions(
        List.of(session("echo", 1), session("rmi", 2), session("echo", 3), session("rmi", 4)));
    List<PastSession> echo =
        catalog.pastSessions(PastSessionQuery.newest(Optional.of("echo"), FIRST_PAGE, 10));
    assertEquals(List.of(3, 1), ports(echo));
    assertEquals(
        List.of(1),
        ports(
            catalog.pastSessions(
                PastSessionQuery.newest(Optional.of("echo"), echo.get(0).number(), 10))));
    assertEquals(
        List.of(),
        catalog.pastSessions(PastSessionQuery.newest(Optional.of("ingest"), FIRST_PAGE, 10)));
  }

  private static PastSession session(String address, int port, int localPort, String detail) {
    return new PastSession(
        0,
        "echo",
        address,
        port,
        localPort,
        Samples.NOW.plusSeconds(port),
        Duration.ofSeconds(100 - port),
        port % 3,
        2,
        3,
        "peer",
        detail);
  }

  private List<Integer> found(
      String text, long from, long to, PastSessionQuery.Order order, boolean descending) {
    return ports(
        catalog.pastSessions(
            new PastSessionQuery(
                Optional.of("echo"), text, from, to, order, descending, FIRST_PAGE, 0, 10)));
  }

  private List<Integer> found(String text) {
    return found(text, Long.MIN_VALUE, Long.MAX_VALUE, PastSessionQuery.Order.ENDED, true);
  }

  @Test
  final void pastSessionsAreFoundByAddressPortAndDetail() {
    catalog.addPastSessions(
        List.of(
            session("192.0.2.7", 11, 9_999, "PC_1 100%"),
            session("192.0.2.17", 12, 4_000, "Aula 3"),
            session("2001:DB8::1", 13, 9_999, "")));
    assertEquals(List.of(13, 12, 11), found(" "));
    assertEquals(List.of(12), found("2.17"));
    assertEquals(List.of(11), found("0.2.7:11"));
    assertEquals(List.of(13), found("[2001:db8::1]:13"));
    assertEquals(List.of(13, 11), found(":9999"));
    assertEquals(List.of(12), found("AULA"));
    assertEquals(List.of(11), found("C_1 100%"), "no wildcards");
    assertEquals(List.of(), found("C%1"));
  }

  @Test
  final void pastSessionsAreThoseOfATimeInAnyOrder() {
    catalog.addPastSessions(
        List.of(
            session("192.0.2.9", 11, 9_999, ""),
            session("192.0.2.8", 12, 9_999, ""),
            session("192.0.2.7", 13, 9_999, "")));
    long end = Samples.NOW.plusSeconds(100).getEpochSecond();
    PastSessionQuery.Order lasted = PastSessionQuery.Order.LASTED;
    assertEquals(List.of(13, 12, 11), found("", end, end, lasted, false));
    assertEquals(List.of(11, 12, 13), found("", end, end, lasted, true));
    assertEquals(List.of(), found("", end + 1, Long.MAX_VALUE, lasted, true));
    assertEquals(List.of(), found("", Long.MIN_VALUE, end - 1, lasted, true));
    assertEquals(
        List.of(11, 13, 12), found("", 0, end, PastSessionQuery.Order.MESSAGES, true), "2, 1, 0");
    assertEquals(List.of(13, 12, 11), found("", 0, end, PastSessionQuery.Order.ADDRESS, false));
    assertEquals(List.of(11, 12, 13), found("", 0, end, PastSessionQuery.Order.ENDED, false));
    assertEquals(
        List.of(12),
        ports(
            catalog.pastSessions(
                new PastSessionQuery(ALL, "", 0, end, lasted, true, FIRST_PAGE, 1, 1))));
  }

  @Test
  final void nothingToWriteDownIsNothing() {
    catalog.addPastSessions(List.of());
    assertEquals(List.of(), catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 10)));
    assertEquals(0, catalog.forgetSessions(Instant.now()));
  }

  @Test
  final void onlyWhatEndedBeforeIsForgottenHoweverMuchItIs() {
    Instant old = Samples.NOW.minus(Duration.ofDays(91));
    int many = SessionRows.DELETED_AT_ONCE + 1;
    catalog.addPastSessions(
        IntStream.range(0, many)
            .mapToObj(i -> session("echo", 1, old, Duration.ofHours(1)))
            .toList());
    catalog.addPastSessions(List.of(session("rmi", 2, old, Duration.ofDays(2)), session("rmi", 3)));
    assertEquals(many, catalog.forgetSessions(Samples.NOW.minus(Duration.ofDays(90))));
    assertEquals(
        List.of(3, 2), ports(catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 10))));
  }

  @Test
  final void threadsMayWriteDownSideBySide() throws Exception {
    inParallel(
        4,
        thread -> {
          for (int round = 0; round < 10; round++) {
            catalog.addPastSessions(List.of(session("echo", thread), session("rmi", thread)));
          }
          return thread;
        });
    assertEquals(80, catalog.pastSessions(PastSessionQuery.newest(ALL, FIRST_PAGE, 1_000)).size());
  }
}
