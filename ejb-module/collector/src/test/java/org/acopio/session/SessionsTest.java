package org.acopio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Optional<SessionKind> ALL = Optional.empty();

  private final FakeHistory history = new FakeHistory();
  private final Sessions sessions = new Sessions(history);

  @AfterEach
  void closeWithoutLeaks() {
    sessions.close();
    Set<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("acopio-session"))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), left);
  }

  @Test
  void tellsWhatTheConnectionTells() {
    FakeLink link = new FakeLink(5_000);
    Session session = sessions.open(SessionKind.ECHO, link);
    assertEquals("192.0.2.7", session.remoteAddress());
    assertEquals(5_000, session.remotePort());
    assertEquals(6_667, session.localPort());
    assertEquals(FakeLink.OPENED, session.openedAt());
    assertEquals(Duration.ofSeconds(7), session.age());
    assertEquals(
        List.of(3L, 10L, 20L),
        List.of(session.messages(), session.bytesRead(), session.bytesWritten()));
    link.messages = 4;
    assertEquals(4, session.messages());
    assertEquals(SessionState.OPEN, session.state());
  }

  @Test
  void addressIsShownWithoutItsScope() throws Exception {
    InetAddress scoped =
        Inet6Address.getByAddress("x", InetAddress.getByName("fe80::1").getAddress(), 3);
    Session session =
        sessions.open(SessionKind.ECHO, new FakeLink(new InetSocketAddress(scoped, 1)));
    assertEquals("fe80:0:0:0:0:0:0:1", session.remoteAddress());
  }

  @Test
  void addressThatNobodyResolvedIsShownAsItIs() {
    InetSocketAddress named = InetSocketAddress.createUnresolved("proxy.example", 1);
    assertEquals(
        "proxy.example", sessions.open(SessionKind.ECHO, new FakeLink(named)).remoteAddress());
  }

  @Test
  void pagesAreInOrderOfArrivalAndByKind() {
    for (int i = 0; i < 10; i++) {
      sessions.open(i % 2 == 0 ? SessionKind.ECHO : SessionKind.RMI, new FakeLink(5_000 + i));
    }
    assertEquals(List.of(5_000, 5_001, 5_002), ports(sessions.page(ALL, 0, 3)));
    assertEquals(List.of(5_008, 5_009), ports(sessions.page(ALL, 8, 100)));
    assertEquals(List.of(5_003, 5_005), ports(sessions.page(Optional.of(SessionKind.RMI), 1, 2)));
    assertEquals(List.of(), ports(sessions.page(ALL, 10, 1)));
    assertThrows(IllegalArgumentException.class, () -> sessions.page(ALL, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> sessions.page(ALL, 0, 0));
  }

  private static List<Integer> ports(List<Session> page) {
    return page.stream().map(Session::remotePort).toList();
  }

  @Test
  void countsEachKind() {
    sessions.open(SessionKind.ECHO, new FakeLink(1));
    Session gone = sessions.open(SessionKind.ECHO, new FakeLink(2));
    sessions.open(SessionKind.INGEST, new FakeLink(3));
    gone.ended(EndReason.PEER);
    assertEquals(1, sessions.counts().get(SessionKind.ECHO));
    assertEquals(1, sessions.counts().get(SessionKind.INGEST));
    assertEquals(0, sessions.counts().get(SessionKind.RMI));
    assertEquals(SessionKind.values().length, sessions.counts().size());
    assertEquals(2, sessions.count());
  }

  @Test
  void endedSessionIsInTheHistoryAndNowhereElse() {
    Session session = sessions.open(SessionKind.SESSION_THREAD, new FakeLink(5_000));
    session.detail("x".repeat(Session.MAX_DETAIL + 1));
    assertSame(session, sessions.find(session.number()).orElseThrow());
    session.ended(EndReason.IDLE);
    session.ended(EndReason.PEER);
    assertEquals(SessionState.ENDED, session.state());
    assertTrue(sessions.find(session.number()).isEmpty());
    sessions.close();
    assertEquals(
        List.of(
            new EndedSession(
                session.number(),
                SessionKind.SESSION_THREAD,
                "192.0.2.7",
                5_000,
                6_667,
                FakeLink.OPENED,
                Duration.ofSeconds(7),
                3,
                10,
                20,
                EndReason.IDLE,
                "x".repeat(Session.MAX_DETAIL))),
        history.kept());
  }

  @Test
  void closedOneStaysUntilItsConnectionIsOver() {
    FakeLink link = new FakeLink(1);
    Session session = sessions.open(SessionKind.ECHO, link);
    assertTrue(session.close());
    assertFalse(session.close());
    assertEquals(1, link.closed.get());
    assertEquals(SessionState.CLOSING, session.state());
    assertEquals(1, sessions.count());
    session.ended(EndReason.LOCAL);
    assertEquals(0, sessions.count());
    assertFalse(session.close());
    sessions.close();
    assertEquals(EndReason.ADMINISTRATOR, history.kept().get(0).reason());
  }

  @Test
  void protocolThatEndsItselfIsNoAdministrator() {
    sessions.open(SessionKind.ECHO, new FakeLink(1)).ended(EndReason.LOCAL);
    sessions.close();
    assertEquals(EndReason.LOCAL, history.kept().get(0).reason());
  }

  @Test
  void allOfAKindAreClosedAtOnce() {
    List<FakeLink> links = IntStream.range(0, 6).mapToObj(FakeLink::new).toList();
    links.forEach(
        link ->
            sessions.open(
                link.remoteAddress().getPort() < 2 ? SessionKind.RMI : SessionKind.ECHO, link));
    assertEquals(2, sessions.closeAll(Optional.of(SessionKind.RMI)));
    assertEquals(List.of(1, 1, 0, 0, 0, 0), links.stream().map(link -> link.closed.get()).toList());
    assertEquals(4, sessions.closeAll(ALL));
    assertEquals(0, sessions.closeAll(ALL));
  }

  @Test
  void stopEndsAndRemembersWhoIsThere() {
    FakeLink link = new FakeLink(1);
    sessions.open(SessionKind.ECHO, link);
    sessions.close();
    assertEquals(1, link.closed.get());
    assertEquals(0, sessions.count());
    assertEquals(EndReason.STOPPED, history.kept().get(0).reason());
  }

  @Test
  void whoComesAfterTheStopIsSentAway() {
    sessions.close();
    FakeLink late = new FakeLink(1);
    sessions.open(SessionKind.ECHO, late);
    assertEquals(1, late.closed.get());
    assertEquals(0, sessions.count());
  }

  @Test
  void listenersAreToldInOrder() throws Exception {
    List<String> told = new ArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    sessions.listen(
        new SessionListener() {
          @Override
          public void added(Session session) {
            told.add("+" + session.number());
          }

          @Override
          public void ended(EndedSession session) {
            told.add("-" + session.number());
            ended.countDown();
          }
        });
    Session session = sessions.open(SessionKind.ECHO, new FakeLink(1));
    session.ended(EndReason.PEER);
    assertTrue(ended.await(10, TimeUnit.SECONDS));
    assertEquals(List.of("+" + session.number(), "-" + session.number()), told);
  }

  @Test
  void listenerThatHangsOrThrowsDisturbsNobody() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    sessions.listen(listener(session -> throwing()));
    sessions.listen(
        listener(
            session -> {
              heard.countDown();
              await(release);
            }));
    for (int i = 0; i < 15_000; i++) {
      sessions.open(SessionKind.ECHO, new FakeLink(1)).ended(EndReason.PEER);
    }
    assertTrue(heard.await(10, TimeUnit.SECONDS));
    assertEquals(0, sessions.count());
    release.countDown();
  }

  private static void throwing() {
    throw new IllegalStateException("a listener's own fault");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SessionListener listener(java.util.function.Consumer<Session> added) {
    return new SessionListener() {
      @Override
      public void added(Session session) {
        added.accept(session);
      }

      @Override
      public void ended(EndedSession session) {}
    };
  }

  @Test
  void noSessionIsLostWhileManyThreadsOpenCloseAndLook() throws Exception {
    int threads = 4;
    int rounds = 5_000;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    Session session = sessions.open(SessionKind.ECHO, new FakeLink(1));
                    sessions.page(ALL, 0, 2).forEach(Session::close);
                    session.ended(EndReason.LOCAL);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(0, sessions.count());
    sessions.close();
    assertEquals((long) threads * rounds, history.kept().size() + sessions.droppedFromHistory());
    assertEquals(0, sessions.droppedFromHistory());
  }
}
