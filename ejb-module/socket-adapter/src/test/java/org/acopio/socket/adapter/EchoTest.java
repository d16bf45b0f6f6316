package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpEndpointMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes come back as they were sent, whatever the pieces. */
class EchoTest {
  private static final int TOTAL = 3_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void everyByteComesBackInOrderHoweverItIsCut(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of(kind));
      byte[] sent = new byte[TOTAL];
      new Random(42).nextBytes(sent);
      try (Socket client = Adapter.connect(endpoint)) {
        Thread writer = new Thread(() -> send(client, sent));
        writer.start();
        assertArrayEquals(sent, client.getInputStream().readNBytes(TOTAL));
        writer.join();
        assertEquals(-1, client.getInputStream().read());
      }
      assertEquals(CloseReason.PEER, echo.reasons.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void ipv6Works(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(echo, Kinds.of(kind, "bindAddress", "::1"));
      try (Socket client = new Socket("::1", endpoint.getPort())) {
        client.getOutputStream().write('6');
        assertEquals('6', client.getInputStream().read());
      }
      assertEquals(CloseReason.PEER, echo.reasons.take());
    }
  }

  private static void send(Socket client, byte[] bytes) {
    Random sizes = new Random(7);
    try {
      int from = 0;
      while (from < bytes.length) {
        int to = Math.min(bytes.length, from + 1 + sizes.nextInt(sizes.nextInt(20_000) + 1));
        client.getOutputStream().write(Arrays.copyOfRange(bytes, from, to));
        from = to;
      }
      client.shutdownOutput();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
