package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who breaks the rules of framing or PROXY loses the connection, and gets what was due before. */
class ProtocolErrorsTest {
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aFrameThatDeclaresTwoGibibytesEndsTheConnection(String kind) throws Exception {
    // A frame of one byte, then one that declares 2^31 bytes.
    byte[] bytes = {0, 0, 0, 1, 'a', (byte) 0x80, 0, 0, 0, 'x'};
    assertProtocolError(kind, "length", bytes, "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aLineThatIsTooLongEndsTheConnection(String kind) throws Exception {
    String lines = "ok\n" + "x".repeat(200_000);
    assertProtocolError(kind, "line", lines.getBytes(), "ok\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aFrameCutShortIsAnError(String kind) throws Exception {
    assertProtocolError(kind, "length", new byte[] {0, 0, 0, 1, 'a', 0, 0, 0, 9, 'x'}, "a");
  }

  private static void assertProtocolError(String kind, String framing, byte[] bytes, String answer)
      throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(echo, Kinds.of(kind, "framing", framing, "maxFrameBytes", "100000"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write(bytes);
        client.shutdownOutput();
        assertEquals(answer, new String(client.getInputStream().readAllBytes()));
      }
      assertEquals(CloseReason.PROTOCOL, echo.reasons.take());
      assertEquals(1, endpoint.getFailed());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "event-loop, PROXY TCP4 192.0.2.7 192.0.2.9 5555 443, /192.0.2.7:5555",
    "thread, PROXY TCP4 192.0.2.7 192.0.2.9 5555 443, /192.0.2.7:5555",
    "event-loop, PROXY UNKNOWN, /127.0.0.1",
    "thread, PROXY UNKNOWN, /127.0.0.1"
  })
  void theProxyHeaderTellsWhoTheClientIs(String kind, String header, String address)
      throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of(kind, "proxyProtocol", "true"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write((header + "\r\nhello").getBytes());
        assertEquals("hello", new String(client.getInputStream().readNBytes(5)));
      }
      echo.reasons.take();
      TcpConnection connection = echo.connections.get(0);
      assertTrue(connection.remoteAddress().toString().startsWith(address));
      assertEquals(5, connection.bytesRead());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void whoHasNoProxyHeaderIsRefused(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of(kind, "proxyProtocol", "true"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write("hello".getBytes());
        assertEquals(-1, readOrReset(client));
      }
      Awaitility.await().untilAsserted(() -> assertEquals(1, endpoint.getFailed()));
      assertEquals(0, echo.events.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void theLimitOfAnAddressCountsTheClientBehindTheProxy(String kind) throws Exception {
    byte[] header = "PROXY TCP4 192.0.2.7 192.0.2.9 5555 443\r\nx".getBytes();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(
              RecordingListener.echo(),
              Kinds.of(
                  kind,
                  "proxyProtocol",
                  "true",
                  "maxConnectionsPerAddress",
                  "1",
                  "refusal",
                  "one each"));
      try (Socket first = Adapter.connect(endpoint);
          Socket second = Adapter.connect(endpoint);
          Socket other = Adapter.connect(endpoint)) {
        first.getOutputStream().write(header);
        assertEquals('x', first.getInputStream().read());
        second.getOutputStream().write(header);
        assertEquals("one each", new String(second.getInputStream().readAllBytes()));
        other.getOutputStream().write("PROXY TCP4 192.0.2.8 192.0.2.9 5 443\r\ny".getBytes());
        assertEquals('y', other.getInputStream().read());
      }
      assertEquals(1, endpoint.getRefused());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aMessageIsReadOnlyAndAttachmentsStay(String kind) throws Exception {
    RecordingListener counting =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            Object before = connection.attachment();
            int count = before instanceof Integer number ? number + 1 : 1;
            connection.attach(count);
            connection.write(bytes(message.isReadOnly() + " " + count + "\n"));
          }
        };
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(counting, Kinds.of(kind, "framing", "line"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write("a\nb\nc\n".getBytes());
        client.shutdownOutput();
        assertEquals(
            "true 1\ntrue 2\ntrue 3\n", new String(client.getInputStream().readAllBytes()));
      }
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
