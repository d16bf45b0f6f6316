package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code thread}, who has said nothing has no thread, and misses nothing for that. */
class SilenceTest {
  private static final int MANY = 200;

  private final RecordingListener echo = RecordingListener.echo();

  private static List<Socket> connect(TcpEndpointMXBean endpoint, int many) throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      clients.add(Adapter.connect(endpoint));
    }
    return clients;
  }

  private static void close(List<Socket> clients) throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  private static void assertServed(Socket client) throws IOException {
    client.getOutputStream().write('e');
    assertEquals('e', client.getInputStream().read());
  }

  private static long threadsOfConnections() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("-connection-"))
        .count();
  }

  @Test
  void theListenerHearsOfEveryoneAndOnlyWhoSpeaksHasAThread() throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of("thread"));
      List<Socket> clients = connect(endpoint, MANY);
      try {
        Awaitility.await().until(() -> echo.connections.size() == MANY);
        assertEquals(MANY, endpoint.getOpen());
        assertEquals(0, endpoint.getThreads());
        assertEquals(0, threadsOfConnections());
        assertServed(clients.get(7));
        assertServed(clients.get(7));
        assertServed(clients.get(9));
        assertEquals(2, endpoint.getThreads());
        assertEquals(2, threadsOfConnections());
      } finally {
        close(clients);
      }
      for (int i = 0; i < MANY; i++) {
        assertEquals(CloseReason.PEER, echo.reasons.take());
      }
      Awaitility.await().until(() -> endpoint.getOpen() == 0 && endpoint.getThreads() == 0);
    }
  }

  /** What comes before the listener's first byte needs no thread before it begins either. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aHandshakeThatDoesNotBeginHasNoThread(int begun) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, Kinds.of("thread", "proxyProtocol", "true"));
      List<Socket> clients = connect(endpoint, MANY);
      try {
        for (Socket client : clients.subList(0, begun)) {
          client.getOutputStream().write('P');
        }
        Awaitility.await().until(() -> endpoint.getThreads() == begun);
        assertTrue(threadsOfConnections() <= begun);
        Socket last = clients.get(MANY - 1);
        last.getOutputStream().write("PROXY UNKNOWN\r\n".getBytes());
        assertServed(last);
        assertEquals(1, echo.connections.size());
      } finally {
        close(clients);
      }
    }
  }

  @Test
  void whoIsWrittenToBeforeItSaysAnythingGetsIt() throws Exception {
    RecordingListener greeting =
        new RecordingListener() {
          @Override
          public void opened(TcpConnection connection) {
            super.opened(connection);
            connection.write(bytes("hello"));
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(greeting, Kinds.of("thread"));
      try (Socket client = Adapter.connect(endpoint)) {
        assertEquals("hello", new String(client.getInputStream().readNBytes(5)));
      }
    }
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of("thread"));
      for (int i = 0; i < MANY; i++) {
        // At any moment on its way to where it waits.
        try (Socket client = Adapter.connect(endpoint)) {
          int number = i;
          Awaitility.await()
              .pollInSameThread()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofNanos(100))
              .until(() -> echo.connections.size() > number);
          TcpConnection connection = echo.connections.get(number);
          Stream.of("a", "b").forEach(each -> connection.write(RecordingListener.bytes(each)));
          assertEquals("ab", new String(client.getInputStream().readNBytes(2)));
        }
      }
    }
  }

  @Test
  void whoIsClosedBeforeItSaysAnythingLearnsItAndSoDoesTheListener() throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of("thread"));
      List<Socket> clients = connect(endpoint, MANY);
      try {
        Awaitility.await().until(() -> echo.connections.size() == MANY);
        echo.connections.forEach(TcpConnection::close);
        for (Socket client : clients) {
          assertEquals(-1, client.getInputStream().read());
        }
      } finally {
        close(clients);
      }
      for (int i = 0; i < MANY; i++) {
        assertEquals(CloseReason.LOCAL, echo.reasons.take());
      }
    }
  }

  /** However it ends: the peer takes nothing, and the thread is free at the deadline. */
  @ParameterizedTest
  @ValueSource(strings = {"stays", "closes"})
  void aWriteThatNobodyTakesGivesItsThreadBack(String listener) throws Exception {
    RecordingListener flood =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            connection.write(ByteBuffer.allocate(30_000_000));
            if (listener.equals("closes")) {
              connection.close();
            }
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(flood, Kinds.of("thread", "idleTimeout", "PT1S"));
      List<Socket> deaf = connect(endpoint, 5);
      try {
        for (Socket client : deaf) {
          client.getOutputStream().write('x');
        }
        Awaitility.await().until(() -> endpoint.getThreads() == 5);
        Awaitility.await().until(() -> endpoint.getThreads() == 0);
        CloseReason expected = listener.equals("closes") ? CloseReason.LOCAL : CloseReason.IDLE;
        for (int i = 0; i < 5; i++) {
          assertEquals(expected, flood.reasons.take());
        }
        assertEquals(0, endpoint.getOpen());
      } finally {
        close(deaf);
      }
    }
  }
}
