package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silent peers are let go, slow ones are not. */
class DeadlinesTest {
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void whoSendsNoFirstByteIsClosed(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, Kinds.of(kind, "firstByteTimeout", "PT0.3S"));
      try (Socket silent = Adapter.connect(endpoint)) {
        assertEquals(-1, silent.getInputStream().read());
      }
      assertEquals(CloseReason.FIRST_BYTE, listener.reasons.take());
      assertEquals(1, endpoint.getTimedOut());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void whoFallsSilentIsClosedAndWhoTricklesIsNot(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, Kinds.of(kind, "idleTimeout", "PT1S", "framing", "raw"));
      try (Socket slow = Adapter.connect(endpoint)) {
        for (int i = 0; i < 6; i++) {
          slow.getOutputStream().write(i);
          assertEquals(i, slow.getInputStream().read());
          // The pace of the client is what this is about.
          TimeUnit.MILLISECONDS.sleep(400);
        }
        assertEquals(-1, slow.getInputStream().read());
      }
      assertEquals(CloseReason.IDLE, listener.reasons.take());
      assertTrue(listener.connections.get(0).age().compareTo(Duration.ofSeconds(2)) > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aPeerThatNeverReadsIsClosedAndKeepsNobodyWaiting(String kind) throws Exception {
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            if (message.get(0) == 'm') {
              for (int i = 0; i < 200; i++) {
                connection.write(ByteBuffer.allocate(100_000));
              }
            } else {
              connection.write(message);
            }
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              listener, Kinds.of(kind, "idleTimeout", "PT1S", "endpoints", "1", "workers", "1"));
      try (Socket deaf = Adapter.connect(endpoint);
          Socket other = Adapter.connect(endpoint)) {
        deaf.getOutputStream().write('m');
        while (listener.reasons.isEmpty()) {
          other.getOutputStream().write('e');
          assertEquals('e', other.getInputStream().read());
          TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(CloseReason.IDLE, listener.reasons.take());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void whoNeverShakesHandsIsClosedAndTheListenerHearsNothing(String kind) throws Exception {
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              listener, Kinds.of(kind, "proxyProtocol", "true", "handshakeTimeout", "PT0.3S"));
      try (Socket slow = Adapter.connect(endpoint)) {
        slow.getOutputStream().write("PROXY TCP4".getBytes());
        assertEquals(-1, readOrReset(slow));
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getTimedOut()));
      assertEquals(0, listener.events.size());
    }
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }
}
