package org.acopio.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.registry.LocateRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.acopio.remote.ParityService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Careless and hostile peers on the TCP ports of a running server: each gets a clear refusal or is
 * waited for at no one's cost, everyone else is served meanwhile, and afterwards the server has the
 * threads and descriptors that it had before.
 */
class HostileSocketsIT {
  /** As {@code docs/operations.md} has them: these tests set no limit. */
  private static final int MOST_THREADS = 1_000;

  private static final int MOST_THREADS_OF_AN_ADDRESS = 600;
  private static final String LITTLE_MEMORY = "-Xmx256m";

  private static final String SESSION = "\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d \\d+ secs";

  @TempDir static Path temp;
  private static ServerProcess server;
  private static AdminHttp admin;
  private ProcessFigures before;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.startWith(LITTLE_MEMORY, temp.resolve("data"));
    // The first connections load classes and start pools; figures are compared after that.
    for (String endpoint : List.of("echo", "echo-queue", "session-thread", "session-selector")) {
      for (int i = 0; i < 4; i++) {
        TcpClient.to(port(endpoint)).send("x").endOfInput().readToEnd();
      }
    }
    admin = new AdminHttp(server);
    openEchoes();
  }

  private static int openEchoes() throws IOException, InterruptedException {
    int open = 0;
    for (int port : server.tcpPorts("echo")) {
      open += admin.json("/api/endpoints/" + port).getInt("open");
    }
    return open;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void count() throws IOException {
    assumeTrue(ProcessFigures.areKnown(), "only Linux counts threads and descriptors");
    before = ProcessFigures.of(server.pid());
  }

  /** Pools may have grown by a few threads; what belonged to connections must be gone. */
  @AfterEach
  void everythingIsGivenBack() throws IOException {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              ProcessFigures now = ProcessFigures.of(server.pid());
              return now.descriptors() <= before.descriptors() + 8
                  && now.threads() <= before.threads() + 20;
            });
    everyoneElseIsServed();
  }

  private static int port(String endpoint) {
    return server.tcpPorts(endpoint).get(0);
  }

  /** A new client of each kind gets its answer, all four of them within five seconds. */
  private static void everyoneElseIsServed() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (String endpoint : List.of("echo", "echo-queue")) {
            try (TcpClient client = TcpClient.to(port(endpoint))) {
              assertArrayEquals(new byte[] {'h', 'i'}, client.send("hi").read(2));
            }
          }
          for (String endpoint : List.of("session-thread", "session-selector")) {
            try (TcpClient client = TcpClient.to(port(endpoint))) {
              String answer = client.send("hola\n").textUpTo("\n").strip();
              assertTrue(answer.matches(SESSION), answer);
            }
          }
        });
  }

  @Test
  void tenThousandConnectionsThatSayNothingCostLittleAndACollectionGoesOn(@TempDir Path pc)
      throws Exception {
    Path photos = new Media(51).library(pc.resolve("photos"), 200, 40_000_000);
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 10_000; i++) {
        SocketChannel channel =
            SocketChannel.open(
                new InetSocketAddress("127.0.0.1", server.tcpPorts("echo").get(i % 3)));
        channel.configureBlocking(false);
        silent.add(channel);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertEquals(silent.size(), openEchoes()));
      everyoneElseIsServed();
      ProcessFigures during = ProcessFigures.of(server.pid());
      assertTrue(during.threads() <= before.threads() + 20, () -> before + " then " + during);
      Collected.by(0, server.rmiAddress(), pc.resolve("journal"), photos, "--lanes", "2")
          .allArrived(photos, temp.resolve("data/store"));
      everyoneElseIsServed();
      for (SocketChannel each : silent) {
        assertEquals(0, each.read(ByteBuffer.allocate(1)), "nobody was sent away");
      }
    } finally {
      for (SocketChannel each : silent) {
        each.close();
      }
    }
    String said = server.output() + Files.readString(temp.resolve("data/log/server.log"));
    assertFalse(said.contains("OutOfMemoryError"), said);
  }

  /** What neither is RMI nor begins TLS costs nothing either. */
  @Test
  void halfBeginningsLeaveRmiAnsweringANewClient() throws Exception {
    List<TcpClient> half = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        TcpClient client = TcpClient.to(server.rmiPort());
        half.add(client);
        client.send(HexFormat.of().parseHex(i % 2 == 0 ? "4a524d49" : "16030102"));
      }
      assertTrue(
          ((ParityService)
                  LocateRegistry.getRegistry("127.0.0.1", server.rmiPort())
                      .lookup(ParityService.NAME))
              .isEven(4));
    } finally {
      for (TcpClient each : half) {
        each.close();
      }
    }
  }

  @Test
  void oneAddressLeavesThreadsToOthersAndNobodyIsSentAwayForThoseWhoCome() throws IOException {
    List<TcpClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < MOST_THREADS_OF_AN_ADDRESS; i++) {
        open.add(TcpClient.to(port("session-thread")));
        assertServed(open.get(i));
      }
      assertTurnedAway("127.0.0.1");
      for (int i = MOST_THREADS_OF_AN_ADDRESS; i < MOST_THREADS; i++) {
        open.add(TcpClient.from("127.0.0.2", port("session-thread")));
        assertServed(open.get(i));
      }
      assertTurnedAway("127.0.0.3");
      for (TcpClient client : open) {
        assertServed(client);
      }
    } finally {
      for (TcpClient each : open) {
        each.close();
      }
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(HostileSocketsIT::threadPortServes);
  }

  private static void assertServed(TcpClient client) throws IOException {
    String answer = client.send("hola\n").textUpTo("\n").strip();
    assertTrue(answer.matches(SESSION), answer);
  }

  private static void assertTurnedAway(String address) throws IOException {
    try (TcpClient oneMore = TcpClient.from(address, port("session-thread"))) {
      assertEquals("", oneMore.textToEnd(), address);
    }
  }

  private static boolean threadPortServes() throws IOException {
    try (TcpClient client = TcpClient.to(port("session-thread"))) {
      return client.send("hola\n").textUpTo("\n").strip().matches(SESSION);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "echo-queue", "session-thread", "session-selector"})
  void aClientThatSendsOneByteASecondIsServedAndDelaysNobody(String endpoint) throws Exception {
    try (TcpClient slow = TcpClient.to(port(endpoint))) {
      for (byte each : "abc".getBytes()) {
        slow.send(new byte[] {each});
        everyoneElseIsServed();
        Thread.sleep(1_000);
      }
      if (endpoint.startsWith("echo")) {
        assertEquals("abc", slow.endOfInput().textToEnd());
      } else {
        String answers = slow.endOfInput().textToEnd();
        assertTrue(answers.matches("(" + SESSION + "){3}"), answers);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "echo-queue", "session-thread", "session-selector"})
  void aClientThatNeverReadsDelaysNobodyAndCostsLittle(String endpoint) throws Exception {
    try (TcpClient deaf = TcpClient.to(port(endpoint), 4_096)) {
      byte[] lines = "hola\n".repeat(13_000).getBytes();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 10_000; i++) {
                    deaf.send(lines);
                  }
                } catch (IOException e) {
                  // The end of the test closes the socket under the sender.
                }
              });
      for (int i = 0; i < 20; i++) {
        everyoneElseIsServed();
        Thread.sleep(50);
      }
      assertTrue(!sending.isDone(), "the server took 650 MB of a client that reads nothing");
      deaf.reset();
      sending.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "echo-queue", "session-thread", "session-selector", "ingest"})
  void resetsInTheMiddleLeaveNothingBehind(String endpoint) throws IOException {
    for (int i = 0; i < 200; i++) {
      TcpClient client = TcpClient.to(port(endpoint));
      client.send("half a mess");
      client.reset();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "echo-queue"})
  void invalidTextIsEchoedAsBytes(String endpoint) throws IOException {
    byte[] invalid = HexFormat.of().parseHex("c328a0a1e228a1f0288cbcffc00080");
    try (TcpClient client = TcpClient.to(port(endpoint))) {
      assertArrayEquals(invalid, client.send(invalid).endOfInput().readToEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"session-thread", "session-selector"})
  void invalidTextIsAnsweredInASession(String endpoint) throws IOException {
    try (TcpClient client = TcpClient.to(port(endpoint))) {
      client.send(HexFormat.of().parseHex("c328ff000a"));
      assertTrue(client.textUpTo("\n").strip().matches(SESSION));
    }
  }

  @Test
  void aFrameThatDeclaresTwoGibibytesIsRefusedBeforeItIsRead() throws IOException {
    try (TcpClient client = TcpClient.to(port("ingest"))) {
      client.send(HexFormat.of().parseHex("80000000"));
      assertTrue(client.readToEnd().length < 1_000);
    }
  }
}
