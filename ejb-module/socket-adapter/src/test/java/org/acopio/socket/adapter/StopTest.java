package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.ResourceException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop loses no answer and leaves nothing behind; a start that fails does neither. */
class StopTest {
  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void aStopWaitsForDeliveriesAndTheirAnswers(String kind) throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    RecordingListener slow =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            inside.countDown();
            pause();
            connection.write(ByteBuffer.allocate(1_000_000));
          }
        };
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(slow);
      TcpActivationSpec spec = Adapter.spec(Kinds.of(kind));
      adapter.activate(container, spec);
      int port = Adapter.figures("test").get(0).getPort();
      try (Socket client = Adapter.connect(port);
          Socket idle = Adapter.connect(port)) {
        client.getOutputStream().write(1);
        inside.await();
        Thread stop = new Thread(() -> adapter.adapter.endpointDeactivation(container, spec));
        stop.start();
        assertEquals(1_000_000, client.getInputStream().readAllBytes().length);
        assertEquals(-1, idle.getInputStream().read());
        stop.join();
      }
      assertEquals(CloseReason.STOPPED, slow.reasons.take());
      assertEquals(CloseReason.STOPPED, slow.reasons.take());
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "turn", "worker", "thread"})
  void whatDoesNotEndInTimeIsCut(String kind) throws Exception {
    RecordingListener flood =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            connection.write(ByteBuffer.allocate(30_000_000));
          }
        };
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(flood);
      TcpActivationSpec spec = Adapter.spec(Kinds.of(kind, "drainTimeout", "PT0.5S"));
      adapter.activate(container, spec);
      TcpEndpointMXBean endpoint = Adapter.figures("test").get(0);
      try (Socket deaf = Adapter.connect(endpoint)) {
        deaf.getOutputStream().write(1);
        org.awaitility.Awaitility.await().until(() -> endpoint.getBytesWritten() > 0);
        long began = System.nanoTime();
        adapter.adapter.endpointDeactivation(container, spec);
        assertTrue(System.nanoTime() - began < 5_000_000_000L, "the stop took too long");
      }
      assertEquals(CloseReason.STOPPED, flood.reasons.take());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void aPortThatIsTakenFailsTheActivationAndFreesTheOthers(String kind) throws Exception {
    try (Adapter adapter = new Adapter();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = freePort();
      String ports = free + "," + taken.getLocalPort();
      ResourceException refused =
          assertThrows(
              ResourceException.class,
              () -> adapter.activate(new RecordingListener(), Kinds.of(kind, "ports", ports)));
      String message = refused.getMessage();
      assertTrue(message.startsWith("ACOPIO-SOCKET-004: "), message);
      assertTrue(message.contains("port " + taken.getLocalPort()), message);
      assertTrue(message.contains("'ports'"), message);
      new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
      assertEquals(0, Adapter.figures("test").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "thread"})
  void severalPortsAreOneActivation(String kind) throws Exception {
    try (Adapter adapter = new Adapter()) {
      adapter.activate(RecordingListener.echo(), Kinds.of(kind, "ports", "0,0,0"));
      assertEquals(3, Adapter.figures("test").size());
      for (TcpEndpointMXBean endpoint : Adapter.figures("test")) {
        try (Socket client = Adapter.connect(endpoint)) {
          client.getOutputStream().write('p');
          assertEquals('p', client.getInputStream().read());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "off"})
  void noPortsIsAnActivationThatDoesNothing(String ports) throws Exception {
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(new RecordingListener());
      TcpActivationSpec spec = Adapter.spec("ports", ports);
      adapter.activate(container, spec);
      assertEquals(0, Adapter.figures("test").size());
      adapter.adapter.endpointDeactivation(container, spec);
    }
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void pause() {
    try {
      // Long enough for the stop to begin while this runs.
      Thread.sleep(300);
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
