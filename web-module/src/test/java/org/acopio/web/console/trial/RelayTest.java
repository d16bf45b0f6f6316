package org.acopio.web.console.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What passes between a browser and a port, and where it ends. */
@Timeout(60)
class RelayTest {
  private static final class Heard implements Relay.Listener {
    final List<Byte> bytes = new ArrayList<>();
    final List<Relay.Ending> endings = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);

    @Override
    public synchronized void received(ByteBuffer piece) {
      while (piece.hasRemaining()) {
        bytes.add(piece.get());
      }
    }

    @Override
    public synchronized void ended(Relay.Ending ending) {
      endings.add(ending);
      over.countDown();
    }
  }

  private final Heard heard = new Heard();

  private interface Server {
    void talk(Socket client, Relay relay) throws IOException;
  }

  private void with(Server server) throws Exception {
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay relay = Relay.open((InetSocketAddress) port.getLocalSocketAddress(), heard);
        Socket client = port.accept()) {
      assertEquals(client.getPort(), relay.client().getPort());
      Thread pump = new Thread(relay::pump);
      pump.start();
      server.talk(client, relay);
      assertTrue(heard.over.await(30, TimeUnit.SECONDS));
      pump.join();
    }
    assertEquals(1, heard.endings.size(), "told once");
  }

  @Test
  void bytesPassBothWaysUntilTheServerEnds() throws Exception {
    with(
        (client, relay) -> {
          relay.send(ByteBuffer.wrap(new byte[] {1, 0, 3}));
          assertArrayEquals(new byte[] {1, 0, 3}, client.getInputStream().readNBytes(3));
          client.getOutputStream().write(new byte[] {4, 5});
          client.close();
        });
    assertEquals(List.of((byte) 4, (byte) 5), heard.bytes);
    assertEquals(List.of(Relay.Ending.SERVER), heard.endings);
  }

  @Test
  void theBrowserEndsTheConnectionForTheServer() throws Exception {
    with(
        (client, relay) -> {
          relay.close();
          assertEquals(-1, client.getInputStream().read());
        });
    assertEquals(List.of(Relay.Ending.BROWSER), heard.endings);
  }

  @Test
  void tooManyBytesToTheServerAreNotSent() throws Exception {
    with(
        (client, relay) -> {
          Thread sender =
              new Thread(
                  () -> {
                    for (int i = 0; i <= Relay.MAX_BYTES / Relay.MAX_PIECE; i++) {
                      relay.send(ByteBuffer.allocate(Relay.MAX_PIECE));
                    }
                  });
          sender.start();
          assertEquals(Relay.MAX_BYTES, count(client.getInputStream()));
        });
    assertEquals(List.of(Relay.Ending.LIMIT), heard.endings);
  }

  private static long count(InputStream in) throws IOException {
    return in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  @Test
  void tooManyBytesFromTheServerEndIt() throws Exception {
    with(
        (client, relay) -> {
          try {
            for (int i = 0; i < 1_000; i++) {
              client.getOutputStream().write(new byte[Relay.MAX_PIECE]);
            }
          } catch (IOException e) {
            // The relay has had enough.
          }
        });
    assertEquals(List.of(Relay.Ending.LIMIT), heard.endings);
    assertTrue(heard.bytes.size() <= Relay.MAX_BYTES + Relay.MAX_PIECE);
  }

  @Test
  void eachPersonAndAllTogetherHaveAFewConnections() {
    Visitors visitors = new Visitors();
    for (int i = 0; i < Visitors.MAX_PER_PERSON; i++) {
      assertTrue(visitors.enter("ana"));
    }
    assertFalse(visitors.enter("ana"));
    assertTrue(visitors.enter("eva"));
    visitors.leave("ana");
    assertTrue(visitors.enter("ana"));
    int more = 0;
    while (visitors.enter("person " + more)) {
      more++;
    }
    assertEquals(Visitors.MAX - Visitors.MAX_PER_PERSON - 1, more);
    visitors.leave("eva");
    assertTrue(visitors.enter("somebody"));
  }
}
