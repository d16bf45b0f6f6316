package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.acopio.socket.TcpTurn;
import org.acopio.socket.delivery.Bean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What one turn of an event loop brings reaches the bean in one call of the container. */
class TurnDeliveryTest {
  private static final int CLIENTS = 40;

  /** One loop, so that what comes while it is held up is one turn. */
  private static final String[] ONE_LOOP = Kinds.of("turn", "eventLoops", "1");

  /** An echo that waits at a {@code !} and throws at an {@code x}. */
  private static class Echo extends RecordingListener {
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger turns = new AtomicInteger();

    @Override
    public void messages(TcpTurn turn) {
      turns.incrementAndGet();
      turn.deliver(this);
    }

    @Override
    public void message(TcpConnection connection, ByteBuffer message) {
      byte first = message.get(message.position());
      if (first == '!') {
        hold();
      } else if (first == 'x') {
        throw new IllegalStateException("a letter that this listener does not like");
      }
      connection.write(message);
    }

    private void hold() {
      held.countDown();
      try {
        assertTrue(go.await(20, TimeUnit.SECONDS));
      } catch (InterruptedException unexpected) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<Socket> connect(TcpEndpointMXBean endpoint, int count) throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(Adapter.connect(endpoint));
    }
    Awaitility.await().until(() -> endpoint.getOpen() == count);
    return clients;
  }

  private static void close(List<Socket> clients) throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  /** Lets the others speak while the first one holds the loop. */
  private static void speakAtOnce(Echo echo, List<Socket> clients, String others) throws Exception {
    clients.get(0).getOutputStream().write('!');
    assertTrue(echo.held.await(20, TimeUnit.SECONDS));
    for (int i = 1; i < clients.size(); i++) {
      clients.get(i).getOutputStream().write(others.charAt(i % others.length()));
    }
    echo.go.countDown();
    assertEquals('!', clients.get(0).getInputStream().read());
  }

  @Test
  void manyMessagesAreOneCall() throws Exception {
    Echo echo = new Echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, ONE_LOOP);
      List<Socket> clients = connect(endpoint, CLIENTS);
      speakAtOnce(echo, clients, "abc");
      for (int i = 1; i < CLIENTS; i++) {
        assertEquals("abc".charAt(i % 3), clients.get(i).getInputStream().read());
      }
      assertEquals(CLIENTS, endpoint.getMessages());
      assertTrue(echo.turns.get() <= 4, echo.turns + " calls for " + CLIENTS + " messages");
      close(clients);
    }
  }

  @Test
  void whoMakesTheListenerThrowLosesItsOwnConnectionOnly() throws Exception {
    Echo echo = new Echo();
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(echo);
      adapter.activate(container, Adapter.spec(ONE_LOOP));
      TcpEndpointMXBean endpoint = Adapter.figures("test").get(0);
      List<Socket> clients = connect(endpoint, 9);
      int before = container.created.get();
      speakAtOnce(echo, clients, "axb");
      for (int i = 1; i < clients.size(); i++) {
        int answer = clients.get(i).getInputStream().read();
        assertEquals(i % 3 == 1 ? -1 : "axb".charAt(i % 3), answer, "client " + i);
      }
      assertEquals(CloseReason.FAILURE, echo.reasons.take());
      clients.get(0).getOutputStream().write('n');
      assertEquals('n', clients.get(0).getInputStream().read());
      assertEquals(before + 1, container.created.get(), "one bean in place of the failed one");
      close(clients);
    }
  }

  @Test
  void whatDoesNotReachTheListenerEndsItsConnections() throws Exception {
    AtomicInteger failures = new AtomicInteger(1);
    Echo echo =
        new Echo() {
          @Override
          public void messages(TcpTurn turn) {
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("an interceptor says no");
            }
            super.messages(turn);
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, ONE_LOOP);
      try (Socket unlucky = Adapter.connect(endpoint)) {
        unlucky.getOutputStream().write('a');
        assertEquals(-1, unlucky.getInputStream().read());
      }
      assertEquals(CloseReason.FAILURE, echo.reasons.take());
      try (Socket next = Adapter.connect(endpoint)) {
        next.getOutputStream().write('b');
        assertEquals('b', next.getInputStream().read());
      }
    }
  }

  @Test
  void aListenerThatDoesNotTakeItsTurnIsAFailure() throws Exception {
    Echo deaf =
        new Echo() {
          @Override
          public void messages(TcpTurn turn) {
            turns.incrementAndGet();
          }
        };
    try (Adapter adapter = new Adapter();
        CapturedLog log = new CapturedLog(Bean.class.getName())) {
      TcpEndpointMXBean endpoint = adapter.activate(deaf, ONE_LOOP);
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write('a');
        assertEquals(-1, client.getInputStream().read());
      }
      assertEquals(CloseReason.FAILURE, deaf.reasons.take());
      assertEquals(1, deaf.turns.get());
      assertEquals(1, log.lines());
      assertTrue(log.text().startsWith("ACOPIO-SOCKET-019"), log.text());
    }
  }

  @Test
  void aTransactedTurnIsAnnouncedOnce() throws Exception {
    Echo echo = new Echo();
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(echo).transacting("messages");
      adapter.activate(container, Adapter.spec(ONE_LOOP));
      try (Socket client = Adapter.connect(Adapter.figures("test").get(0))) {
        client.getOutputStream().write('a');
        assertEquals('a', client.getInputStream().read());
      }
      assertEquals(List.of("before messages", "after messages"), container.calls);
    }
  }

  /** What cannot be sent waits, and goes on outside of the turn. */
  @Test
  void whoReadsSlowlyGetsEverythingAndHoldsNobodyUp() throws Exception {
    Echo echo = new Echo();
    byte[] much = new byte[30_000_000];
    Arrays.fill(much, (byte) 'm');
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, Kinds.of("turn", "eventLoops", "1", "highWaterMark", "65536"));
      try (Socket slow = Adapter.connect(endpoint);
          Socket quick = Adapter.connect(endpoint)) {
        Thread writer = new Thread(() -> Adapter.write(slow, much));
        writer.start();
        for (int i = 0; i < 100; i++) {
          quick.getOutputStream().write('q');
          assertEquals('q', quick.getInputStream().read());
        }
        assertTrue(endpoint.getBytesRead() < much.length, "nobody held the slow one up");
        assertArrayEquals(much, slow.getInputStream().readNBytes(much.length));
        writer.join();
      }
    }
  }
}
