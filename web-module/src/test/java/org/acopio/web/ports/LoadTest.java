package org.acopio.web.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a load does, and the bounds that it keeps. */
@Timeout(60)
class LoadTest {
  private static final long PATIENCE_MILLIS = 30_000;

  @Test
  void aPlanBeyondItsBoundsIsRefused() {
    assertEquals(60, new LoadPlan(500, 100, 60).seconds());
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(501, 100, 60));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(0, 100, 60));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(500, 99, 60));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(500, 10_001, 60));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(500, 100, 61));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(500, 100, 0));
  }

  private static LoadLane lane(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new LoadLane(new InetSocketAddress(loopback, port), "selector", new byte[0]);
  }

  /** Answers each line of each connection with one. */
  private static void serve(ServerSocket server, AtomicInteger connections) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connections.incrementAndGet();
        Thread thread = new Thread(() -> answer(client));
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket client) {
    try (client) {
      for (int next = client.getInputStream().read();
          next >= 0;
          next = client.getInputStream().read()) {
        if (next == '\n') {
          client.getOutputStream().write("0 secs\n".getBytes());
        }
      }
    } catch (IOException e) {
      // The load has ended.
    }
  }

  @Test
  void everyConnectionIsMadeAndItsLinesAreAnsweredUntilTheEnd() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> serve(server, connections));
      thread.start();
      LoadLane lane = lane(server.getLocalPort());
      LoadRun run = LoadRun.start(new LoadPlan(40, 100, 2), List.of(lane));
      assertTrue(run.awaitEnd(PATIENCE_MILLIS));
      assertEquals(LoadRun.State.DONE, run.state());
      assertEquals(40, connections.get());
      assertEquals(0, lane.failed);
      assertEquals(0, lane.lost);
      assertEquals(0, lane.open, "closed at the end");
      assertTrue(lane.answered >= 40, () -> "answered " + lane.answered);
      assertTrue(lane.sent - lane.answered <= 40, "nobody sends twice without an answer");
      assertTrue(lane.quantiles().p50() > 0, () -> "" + lane.quantiles());
    }
  }

  @Test
  void aStoppedLoadEndsAtOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LoadRun run = LoadRun.start(new LoadPlan(3, 1_000, 60), List.of(lane(server.getLocalPort())));
      run.stop();
      assertTrue(run.awaitEnd(PATIENCE_MILLIS));
      assertEquals(LoadRun.State.STOPPED, run.state());
    }
  }

  @Test
  void connectionsThatCannotBeMadeAreCountedAndNotTriedAgain() throws Exception {
    int closed;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
    }
    LoadLane lane = lane(closed);
    LoadRun run = LoadRun.start(new LoadPlan(5, 100, 1), List.of(lane));
    assertTrue(run.awaitEnd(PATIENCE_MILLIS));
    assertEquals(5, lane.failed);
    assertEquals(0, lane.sent);
  }
}
