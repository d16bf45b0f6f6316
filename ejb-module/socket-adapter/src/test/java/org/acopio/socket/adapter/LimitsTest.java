package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No more connections than allowed; who is turned away learns it, and places come back. */
class LimitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void oneTooManyGetsTheRefusalAndAnOrderlyEnd(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              Kinds.of(kind, "maxConnections", "2", "refusal", "full, come back later\n"));
      try (Socket first = served(endpoint);
          Socket second = served(endpoint)) {
        for (int i = 0; i < 20; i++) {
          assertRefused(endpoint, "full, come back later\n");
        }
        assertEquals(20, endpoint.getRefused());
        assertEquals(2, endpoint.getPeakOpen());
        assertTrue(first.isConnected() && second.isConnected());
      }
      Awaitility.await().untilAsserted(() -> served(endpoint).close());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void anAddressHasItsOwnLimit(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              Kinds.of(kind, "maxConnectionsPerAddress", "1", "refusal", "one each"));
      try (Socket first = served(endpoint)) {
        assertRefused(endpoint, "one each");
        try (Socket other = new Socket()) {
          other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
          other.connect(new InetSocketAddress("127.0.0.1", endpoint.getPort()));
          echo(other);
        }
        assertTrue(first.isConnected());
      }
      Awaitility.await().untilAsserted(() -> served(endpoint).close());
      assertEquals(1, endpoint.getMaxConnectionsPerAddress());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void whilePausedNewConnectionsAreTurnedAwayAndOldOnesGoOn(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(RecordingListener.echo(), Kinds.of(kind, "refusal", "paused"));
      try (Socket old = served(endpoint)) {
        endpoint.pause();
        assertTrue(endpoint.isPaused());
        assertRefused(endpoint, "paused");
        echo(old);
        endpoint.resume();
        served(endpoint).close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void placesDoNotLeakWhenClientsComeAndGoInEveryWay(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              Kinds.of(kind, "maxConnections", "8", "maxConnectionsPerAddress", "4"));
      for (int i = 0; i < 100; i++) {
        Socket client = Adapter.connect(endpoint);
        client.setSoLinger(i % 3 == 0, 0);
        client.close();
      }
      Awaitility.await().untilAsserted(() -> assertEquals(0, endpoint.getOpen()));
      List<Socket> four = new ArrayList<>();
      Awaitility.await().untilAsserted(() -> four.add(served(endpoint)));
      for (int i = 1; i < 4; i++) {
        four.add(served(endpoint));
      }
      assertRefused(endpoint, "");
      for (Socket client : four) {
        client.close();
      }
    }
  }

  /** Also those who are too many to be told that they are turned away. */
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void whoIsTurnedAwayTakesNoPlaceFromOthers(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              Kinds.of(kind, "maxConnections", "300", "maxConnectionsPerAddress", "1"));
      List<Socket> crowd = new ArrayList<>();
      try (Socket first = served(endpoint)) {
        for (int i = 0; i < 1_000; i++) {
          crowd.add(Adapter.connect(endpoint));
        }
        Awaitility.await().until(() -> endpoint.getRefused() == 1_000);
        for (int i = 2; i < 12; i++) {
          Socket other = new Socket();
          crowd.add(other);
          other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + i), 0));
          other.connect(new InetSocketAddress("127.0.0.1", endpoint.getPort()));
          echo(other);
        }
        echo(first);
      } finally {
        for (Socket client : crowd) {
          client.close();
        }
      }
    }
  }

  private static Socket served(TcpEndpointMXBean endpoint) throws IOException {
    Socket client = Adapter.connect(endpoint);
    try {
      echo(client);
      return client;
    } catch (IOException | AssertionError refused) {
      client.close();
      throw refused;
    }
  }

  private static void echo(Socket client) throws IOException {
    client.getOutputStream().write('e');
    assertEquals('e', client.getInputStream().read());
  }

  /** The client sends before it reads: a careless close would reset it. */
  private static void assertRefused(TcpEndpointMXBean endpoint, String text) throws IOException {
    try (Socket client = Adapter.connect(endpoint)) {
      client.getOutputStream().write("hello".getBytes());
      assertEquals(text, new String(client.getInputStream().readAllBytes()));
    }
  }
}
