package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a connection ends, the peer gets what was written, and the listener the reason. */
class ConnectionEndTest {
  private static final int LARGE = 2_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void afterHalfCloseWhatCameBeforeIsStillAnswered(String kind) throws Exception {
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void inputEnded(TcpConnection connection) {
            super.inputEnded(connection);
            connection.write(bytes("goodbye"));
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind, "framing", "line"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write("one\ntwo".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();
        assertEquals("goodbye", new String(client.getInputStream().readAllBytes()));
      }
      assertEquals("opened", listener.events.take());
      assertEquals("message one\n", listener.events.take());
      assertEquals("message two", listener.events.take());
      assertEquals("inputEnded", listener.events.take());
      assertEquals("closed PEER", listener.events.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aLargeLastAnswerArrivesWholeThoughTheClientStillSends(String kind) throws Exception {
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            connection.write(ByteBuffer.allocate(LARGE));
            connection.close();
            assertFalse(connection.isOpen());
            connection.write(bytes("too late"));
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write(1);
        client.getOutputStream().write(new byte[50_000]);
        assertEquals(LARGE, client.getInputStream().readAllBytes().length);
      }
      assertEquals(CloseReason.LOCAL, listener.reasons.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aResetIsToldAsSuch(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write(1);
        assertEquals(1, client.getInputStream().read());
        client.setSoLinger(true, 0);
      }
      assertEquals(CloseReason.RESET, listener.reasons.take());
      assertEquals(1, endpoint.getFailed());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aResetAmidAnswersThatNobodyTakesEndsTheConnectionToo(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
      try (Socket client = Adapter.connect(endpoint)) {
        client.setSoLinger(true, 0);
        new Thread(() -> sendUntilItEnds(client)).start();
        AtomicLong taken = new AtomicLong();
        Awaitility.await()
            .pollInterval(Duration.ofMillis(300))
            .until(
                () -> taken.getAndSet(endpoint.getBytesRead()) == taken.get() && taken.get() > 0);
      }
      Awaitility.await().until(() -> endpoint.getOpen() == 0);
      assertEquals(CloseReason.RESET, listener.reasons.take());
    }
  }

  private static void sendUntilItEnds(Socket client) {
    byte[] words = new byte[10_000];
    try {
      while (true) {
        client.getOutputStream().write(words);
      }
    } catch (IOException closed) {
      // What the test waits for.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aListenerThatThrowsLosesItsConnectionAndNoOther(String kind) throws Exception {
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            connection.write(message.duplicate());
            if (message.get(0) == 'x') {
              throw new IllegalArgumentException("on purpose");
            }
          }
        };
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(listener);
      adapter.activate(container, Adapter.spec(Kinds.of(kind)));
      int port = Adapter.figures("test").get(0).getPort();
      try (Socket good = Adapter.connect(port);
          Socket bad = Adapter.connect(port)) {
        good.getOutputStream().write('a');
        assertEquals('a', good.getInputStream().read());
        bad.getOutputStream().write('x');
        assertArrayEquals(new byte[] {'x'}, bad.getInputStream().readAllBytes());
        bad.shutdownOutput();
        assertEquals(CloseReason.FAILURE, listener.reasons.take());
        good.getOutputStream().write('b');
        assertEquals('b', good.getInputStream().read());
      }
      assertTrue(container.released.get() >= 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void writesFromManyThreadsAreNeitherLostNorMixed(String kind) throws Exception {
    int writers = 8;
    int lines = 400;
    RecordingListener listener = new RecordingListener();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
      try (Socket client = Adapter.connect(endpoint)) {
        Awaitility.await().until(() -> listener.connections.size() == 1);
        TcpConnection connection = listener.connections.get(0);
        CountDownLatch done = new CountDownLatch(writers);
        for (int i = 0; i < writers; i++) {
          String name = String.valueOf((char) ('a' + i));
          new Thread(() -> writeLines(connection, name, lines, done)).start();
        }
        done.await();
        connection.close();
        String[] got = new String(client.getInputStream().readAllBytes()).split("\n");
        assertEquals(writers * lines, got.length);
        for (int i = 0; i < writers; i++) {
          String name = String.valueOf((char) ('a' + i));
          String[] own = Arrays.stream(got).filter(l -> l.startsWith(name)).toArray(String[]::new);
          for (int line = 0; line < lines; line++) {
            assertEquals(name.repeat(50) + " " + line, own[line]);
          }
        }
      }
      assertEquals(CloseReason.LOCAL, listener.reasons.take());
    }
  }

  private static void writeLines(
      TcpConnection connection, String name, int lines, CountDownLatch done) {
    for (int line = 0; line < lines; line++) {
      connection.write(RecordingListener.bytes(name.repeat(50) + " " + line + "\n"));
    }
    done.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aConnectionKnowsItselfAndItsAgeStandsStillAtTheEnd(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
      int clientPort;
      try (Socket client = Adapter.connect(endpoint)) {
        clientPort = client.getLocalPort();
        client.getOutputStream().write(new byte[3]);
        client.getInputStream().readNBytes(3);
      }
      assertEquals(CloseReason.PEER, listener.reasons.take());
      TcpConnection connection = listener.connections.get(0);
      assertEquals("test", connection.endpoint());
      assertEquals(clientPort, connection.remoteAddress().getPort());
      assertEquals(endpoint.getPort(), connection.localAddress().getPort());
      assertEquals(3, connection.bytesRead());
      assertEquals(3, connection.bytesWritten());
      assertTrue(connection.messagesRead() >= 1);
      assertFalse(connection.isOpen());
      Duration age = connection.age();
      assertEquals(age, connection.age());
      Awaitility.await().untilAsserted(() -> assertEquals(0, endpoint.getOpen()));
      assertEquals(1, endpoint.getAccepted());
      assertEquals(1, endpoint.getPeakOpen());
      assertEquals(3, endpoint.getBytesRead());
      assertEquals(3, endpoint.getBytesWritten());
      assertEquals(connection.messagesRead(), endpoint.getMessages());
    }
  }
}
