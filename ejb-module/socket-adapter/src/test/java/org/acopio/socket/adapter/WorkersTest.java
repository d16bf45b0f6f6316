package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpEndpointMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that block hold up their own connection only. */
class WorkersTest {
  @ParameterizedTest
  @ValueSource(strings = {"worker", "thread"})
  void aConnectionThatBlocksDoesNotStallAnother(String kind) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(blocking(go), Kinds.of(kind));
      try (Socket blocked = Adapter.connect(endpoint);
          Socket other = Adapter.connect(endpoint)) {
        blocked.getOutputStream().write('b');
        for (int i = 0; i < 10; i++) {
          other.getOutputStream().write('e');
          assertEquals('e', other.getInputStream().read());
        }
        go.countDown();
        assertEquals('b', blocked.getInputStream().read());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "thread"})
  void readingStopsWhileTheListenerIsBusy(String kind) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    RecordingListener listener = blocking(go);
    byte[] much = new byte[40_000_000];
    much[0] = 'b';
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, Kinds.of(kind, "highWaterMark", "65536"));
      try (Socket client = Adapter.connect(endpoint)) {
        Thread writer = new Thread(() -> Adapter.write(client, much));
        writer.start();
        Awaitility.await().until(() -> endpoint.getBytesRead() > 0);
        TimeUnit.MILLISECONDS.sleep(300);
        assertTrue(endpoint.getBytesRead() < 2_000_000, "read " + endpoint.getBytesRead());
        go.countDown();
        assertArrayEquals(much, client.getInputStream().readNBytes(much.length));
        writer.join();
      }
    }
  }

  /** So many reads as may wait come one by one while the first is with a worker. */
  @Test
  void readingGoesOnWhereItStoppedDuringADelivery() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    byte[] one = {'e'};
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(blocking(go), Kinds.of("worker"));
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write('b');
        Awaitility.await().until(() -> endpoint.getBytesRead() == 1);
        int reads = 1;
        boolean reading = true;
        while (reading) {
          client.getOutputStream().write(one);
          reads++;
          reading = isRead(endpoint, reads);
        }
        go.countDown();
        assertEquals(reads, client.getInputStream().readNBytes(reads).length);
      }
    }
  }

  private static boolean isRead(TcpEndpointMXBean endpoint, int bytes) throws Exception {
    for (int i = 0; i < 50 && endpoint.getBytesRead() < bytes; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return endpoint.getBytesRead() >= bytes;
  }

  @Test
  void aThreadThatIsIdleIsUsedBeforeANewOneIsMade() throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(RecordingListener.echo(), Kinds.of("worker", "eventLoops", "1"));
      try (Socket client = Adapter.connect(endpoint)) {
        for (int i = 0; i < 50; i++) {
          client.getOutputStream().write(i);
          assertEquals(i, client.getInputStream().read());
        }
        int workersAndLoop = endpoint.getThreads();
        assertTrue(workersAndLoop <= 4, workersAndLoop + " threads for one client at a time");
      }
    }
  }

  @Test
  void messagesOfEachConnectionStayInOrderOnAnyWorker() throws Exception {
    int clients = 20;
    int lines = 500;
    RecordingListener listener = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint =
          adapter.activate(listener, Kinds.of("worker", "framing", "line", "workers", "4"));
      List<Socket> sockets = new ArrayList<>();
      StringBuilder expected = new StringBuilder();
      for (int line = 0; line < lines; line++) {
        expected.append(line).append('\n');
      }
      for (int i = 0; i < clients; i++) {
        Socket client = Adapter.connect(endpoint);
        sockets.add(client);
        new Thread(() -> Adapter.write(client, expected.toString().getBytes())).start();
      }
      for (Socket client : sockets) {
        byte[] got = client.getInputStream().readNBytes(expected.length());
        assertEquals(expected.toString(), new String(got));
        client.close();
      }
      assertTrue(endpoint.getThreads() <= 4 + Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void aWriteLeavesThoughTheDeliveryThatMadeItGoesOn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    RecordingListener listener =
        new RecordingListener() {
          @Override
          public void message(TcpConnection connection, ByteBuffer message) {
            connection.write(message);
            await(go);
          }
        };
    for (String kind : new String[] {"worker", "thread"}) {
      try (Adapter adapter = new Adapter()) {
        TcpEndpointMXBean endpoint = adapter.activate(listener, Kinds.of(kind));
        try (Socket client = Adapter.connect(endpoint)) {
          client.getOutputStream().write('p');
          assertEquals('p', client.getInputStream().read());
          go.countDown();
        }
      }
    }
  }

  private static RecordingListener blocking(CountDownLatch go) {
    return new RecordingListener() {
      @Override
      public void message(TcpConnection connection, ByteBuffer message) {
        if (message.get(message.position()) == 'b') {
          await(go);
        }
        connection.write(message);
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
