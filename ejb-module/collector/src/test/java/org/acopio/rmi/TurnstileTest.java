package org.acopio.rmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.acopio.session.SessionHistory;
import org.acopio.session.Sessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who goes through, and who waits. */
class TurnstileTest {
  private final List<SocketChannel> open = new ArrayList<>();
  private final Sessions sessions = new Sessions(SessionHistory.NONE);

  @AfterEach
  void close() throws IOException {
    for (SocketChannel each : open) {
      each.close();
    }
    sessions.close();
  }

  /** A connection from this address of the machine itself. */
  private Arrival from(String address, Turnstile<String> turnstile) throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      SocketChannel client = SocketChannel.open();
      client.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
      client.connect(listening.getLocalAddress());
      open.add(client);
      SocketChannel accepted = listening.accept();
      open.add(accepted);
      Arrival arrival = new Arrival(accepted);
      arrival.enter(sessions, turnstile::over);
      return arrival;
    }
  }

  @Test
  void oneAddressLeavesAQuarterOfThePlacesToOthers() throws IOException {
    Turnstile<String> turnstile = new Turnstile<>(4);
    List<Arrival> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.add(from("127.0.0.1", turnstile));
      turnstile.add(many.get(i), "many " + i);
    }
    Arrival other = from("127.0.0.2", turnstile);
    turnstile.add(other, "other");
    assertEquals("many 0", turnstile.poll());
    assertEquals("other", turnstile.poll());
    assertEquals("many 1", turnstile.poll());
    assertEquals("many 2", turnstile.poll());
    assertNull(turnstile.poll());
    other.close();
    assertNull(turnstile.poll(), "the place is another address's");
    many.get(0).close();
    assertEquals("many 3", turnstile.poll());
  }

  @Test
  void whoIsNewWaitsForTwoPlacesAtMostHoweverManyWaitOfAFewAddresses() throws IOException {
    Turnstile<String> turnstile = new Turnstile<>(4);
    List<Arrival> inside = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Arrival greedy = from("127.0.0." + (1 + i % 2), turnstile);
      turnstile.add(greedy, "greedy " + i);
      inside.add(greedy);
    }
    for (int i = 0; i < 4; i++) {
      assertEquals("greedy " + i, turnstile.poll());
    }
    turnstile.add(from("127.0.0.3", turnstile), "new");
    List<String> next = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      inside.get(i).close();
      next.add(turnstile.poll());
    }
    assertTrue(next.contains("new"), next::toString);
    assertTrue(next.contains("greedy 4"), "and who waits has a turn too: " + next);
  }

  @Test
  void whoIsOverDoesNotGoThrough() throws IOException {
    Turnstile<String> turnstile = new Turnstile<>(4);
    Arrival before = from("127.0.0.1", turnstile);
    before.close();
    turnstile.add(before, "before");
    Arrival meanwhile = from("127.0.0.1", turnstile);
    turnstile.add(meanwhile, "meanwhile");
    meanwhile.close();
    assertNull(turnstile.poll());
  }

  @Test
  void whoWaitsGoesOnWhenThereIsOneAndWhenItIsClosed() throws Exception {
    Turnstile<String> turnstile = new Turnstile<>(1);
    CompletableFuture<String> taken = taken(turnstile);
    Arrival first = from("127.0.0.1", turnstile);
    turnstile.add(first, "first");
    assertEquals("first", taken.get(30, TimeUnit.SECONDS));
    turnstile.add(from("127.0.0.1", turnstile), "second");
    CompletableFuture<String> next = taken(turnstile);
    first.close();
    assertEquals("second", next.get(30, TimeUnit.SECONDS));
    CompletableFuture<String> none = taken(turnstile);
    turnstile.close();
    assertNull(none.get(30, TimeUnit.SECONDS));
  }

  private static CompletableFuture<String> taken(Turnstile<String> turnstile) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return turnstile.take();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }
}
