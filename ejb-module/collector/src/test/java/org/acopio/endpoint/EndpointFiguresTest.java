package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.collect.Server;
import org.acopio.ingest.Ingest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a port of the real adapter, and its switch. */
class EndpointFiguresTest {
  private static final byte[] GREETING = "ACOPIO\1\1".getBytes(StandardCharsets.US_ASCII);

  private final Endpoints endpoints = new Endpoints();
  private Server server;
  private IngestPort ingest;
  private int port;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    server = new Server(folder, Server.LIMITS);
    ingest = new IngestPort(new Ingest(server.collector, Server.LIMITS));
    port = ingest.port();
  }

  @AfterEach
  void close() {
    ingest.close();
    server.close();
  }

  private EndpointFigures figures() {
    return endpoints.find(port).orElseThrow();
  }

  private Socket greeted() throws IOException {
    Socket client = new Socket("127.0.0.1", port);
    client.setSoTimeout(10_000);
    client.getOutputStream().write(GREETING);
    return client;
  }

  @Test
  void anOpenPortTellsItsProtocolItsLimitsAndItsFigures() throws IOException {
    try (Socket client = greeted()) {
      assertEquals(12, client.getInputStream().readNBytes(12).length);
      EndpointFigures now = figures();
      assertTrue(now.name().startsWith("ingest-"), now::toString);
      assertEquals("selector", now.concurrency());
      assertEquals("127.0.0.1", now.address());
      assertEquals(4_000, now.maxConnections());
      assertEquals(OptionalInt.of(1_000), now.maxConnectionsPerAddress());
      assertEquals(1, now.open());
      assertEquals(1, now.accepted());
      assertEquals(GREETING.length, now.bytesRead());
      assertEquals(12, now.bytesWritten());
      assertTrue(now.threads() > 0, now::toString);
    }
    assertEquals(OptionalInt.of(1), figures().peakOpen());
  }

  @Test
  void aPausedPortTurnsNewOnesAwayUntilItGoesOn() throws IOException {
    assertTrue(endpoints.pause(port));
    assertTrue(figures().paused());
    try (Socket client = new Socket("127.0.0.1", port)) {
      client.setSoTimeout(10_000);
      assertEquals(-1, ended(client));
    }
    assertEquals(OptionalLong.of(1), figures().refused());
    assertTrue(endpoints.resume(port));
    try (Socket client = greeted()) {
      assertEquals(12, client.getInputStream().readNBytes(12).length);
    }
    assertFalse(figures().paused());
  }

  private static int ended(Socket client) {
    try {
      return client.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void whatIsNoPortOfOursHasNoSwitch() {
    assertFalse(endpoints.pause(1));
    assertFalse(endpoints.resume(1));
    assertTrue(endpoints.find(1).isEmpty());
  }

  @Test
  void whoWatchesIsToldOfPortsThatOpenAndClose() throws Exception {
    AtomicInteger changes = new AtomicInteger();
    Runnable stop = endpoints.watch(changes::incrementAndGet);
    IngestPort other = new IngestPort(new Ingest(server.collector, Server.LIMITS));
    assertEquals(1, changes.get());
    other.close();
    assertEquals(2, changes.get());
    stop.run();
    try (IngestPort unseen = new IngestPort(new Ingest(server.collector, Server.LIMITS))) {
      assertTrue(endpoints.find(unseen.port()).isPresent());
    }
    assertEquals(2, changes.get(), "watching is over");
    assertEquals(List.of(port), endpoints.all().stream().map(EndpointFigures::port).toList());
  }
}
