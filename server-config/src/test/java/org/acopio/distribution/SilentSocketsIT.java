package org.acopio.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.rmi.registry.LocateRegistry;
import java.rmi.server.RMIClientSocketFactory;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.acopio.remote.ParityService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of connections that say nothing, to each port of a server that is open to the network
 * and was told no limit: whoever comes from another address is served, and silence costs neither
 * threads nor lasts for ever.
 */
class SilentSocketsIT {
  private static final int SILENT = 5_000;
  private static final int THREADS_PROMISED = 300;

  /** How long a new client of RMI waits at most. */
  private static final Duration RMI_PROMISED = Duration.ofSeconds(1);

  private static final Duration SERVED_WITHIN = Duration.ofSeconds(5);
  private static final String OTHER_ADDRESS = "127.0.0.2";
  private static final Duration FIRST_BYTE = Duration.ofSeconds(10);
  private static final Duration LATE_AT_MOST = Duration.ofSeconds(5);

  @TempDir static Path temp;
  private static ServerProcess server;
  private ProcessFigures before;

  @BeforeAll
  static void start() throws Exception {
    server =
        ServerProcess.start(
            temp.resolve("data"),
            "--bind",
            "0.0.0.0",
            "-Dacopio.rmi.host=127.0.0.1",
            "-Dacopio.rmi.first-byte=" + FIRST_BYTE,
            "-Dacopio.http.first-byte=" + FIRST_BYTE,
            "-Dacopio.ingest.first-byte=" + FIRST_BYTE,
            "-Dacopio.socket.first-byte=" + FIRST_BYTE);
    // The first of each kind loads classes.
    for (String kind : kinds()) {
      await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> serves(kind));
    }
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

  private static List<String> kinds() {
    return List.of(
        "rmi",
        "http",
        "https",
        "ingest",
        "echo",
        "echo-queue",
        "session-thread",
        "session-selector");
  }

  private static int port(String kind) {
    return switch (kind) {
      case "rmi" -> server.rmiPort();
      case "http" -> server.httpPort();
      default -> server.tcpPorts(kind).get(0);
    };
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fiveThousandSilentConnectionsToAPortCostOthersNothing(String kind) throws Exception {
    List<SocketChannel> silent = silent(kind, SILENT);
    try {
      awaitThatAllHaveArrived();
      Duration answer = quickestOfThreeNewClients();
      assertTrue(answer.compareTo(RMI_PROMISED) <= 0, () -> "RMI answered after " + answer);
      for (String each : List.of(kind, "http")) {
        assertTrue(assertTimeoutPreemptively(SERVED_WITHIN, () -> serves(each)), each);
      }
      assertFewThreads();
    } finally {
      close(silent);
    }
    // All those ends are work too.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              assertFewThreads();
              return ProcessFigures.of(server.pid()).descriptors() <= before.descriptors() + 20;
            });
  }

  @Test
  void silenceEndsAtTheDeadlineOnEveryPort() throws Exception {
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (String kind : kinds()) {
        silent.addAll(silent(kind, 500));
      }
      for (SocketChannel each : silent) {
        each.configureBlocking(false);
      }
      long begun = System.nanoTime();
      await()
          .atMost(FIRST_BYTE.plus(LATE_AT_MOST))
          .until(
              () -> {
                assertFewThreads();
                return ProcessFigures.of(server.pid()).descriptors() <= before.descriptors() + 20;
              });
      assertTrue(System.nanoTime() - begun > FIRST_BYTE.dividedBy(2).toNanos(), "too early");
      for (SocketChannel each : silent) {
        assertTrue(hasEnded(each), each::toString);
      }
    } finally {
      close(silent);
    }
  }

  /** Those whom the server has not looked at yet are no burden to it. */
  private static void awaitThatAllHaveArrived() {
    AtomicLong last = new AtomicLong();
    await()
        .atMost(FIRST_BYTE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long now = ProcessFigures.of(server.pid()).descriptors();
              return now > SILENT / 10 && last.getAndSet(now) == now;
            });
  }

  /** What else the machine does may hold one of them up. */
  private static Duration quickestOfThreeNewClients() {
    return Stream.generate(SilentSocketsIT::firstCallOfANewClient)
        .limit(3)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static boolean hasEnded(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void assertFewThreads() throws IOException {
    ProcessFigures now = ProcessFigures.of(server.pid());
    assertTrue(now.threads() <= THREADS_PROMISED, now::toString);
  }

  private static List<SocketChannel> silent(String kind, int many) throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port(kind));
    List<SocketChannel> silent = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      silent.add(SocketChannel.open(address));
    }
    return silent;
  }

  private static void close(List<SocketChannel> all) throws IOException {
    for (SocketChannel each : all) {
      each.close();
    }
  }

  /** Whether a new client of another address than the silent ones gets what it came for. */
  private static boolean serves(String kind) throws Exception {
    int port = port(kind);
    String get = "GET /login HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n";
    return switch (kind) {
      case "rmi" -> firstCallOfANewClient().compareTo(Duration.ZERO) > 0;
      case "http" -> answer(plain(port), get.getBytes(), 12).equals("HTTP/1.1 200");
      case "https" -> answer(secured(port), get.getBytes(), 12).equals("HTTP/1.1 200");
      case "ingest" -> answer(plain(port), HexFormat.of().parseHex("80000000"), 6).equals("ACOPIO");
      case "echo", "echo-queue" -> answer(plain(port), "hi".getBytes(), 2).equals("hi");
      default -> answer(plain(port), "hola\n".getBytes(), 27).endsWith(" secs\n");
    };
  }

  private static String answer(Socket client, byte[] request, int bytes) throws IOException {
    try (client) {
      client.getOutputStream().write(request);
      return new String(client.getInputStream().readNBytes(bytes));
    }
  }

  private static Socket plain(int port) throws IOException {
    return new Socket(
        InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(OTHER_ADDRESS), 0);
  }

  /** Who the server is, is not what this is about. */
  private static Socket secured(int port) throws Exception {
    TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {anybody}, new SecureRandom());
    return context.getSocketFactory().createSocket(plain(port), "localhost", port, true);
  }

  /** How long it takes from nothing to the answer, over a connection that is made for it. */
  private static Duration firstCallOfANewClient() {
    AtomicInteger dialled = new AtomicInteger();
    RMIClientSocketFactory own =
        (host, port) -> {
          dialled.incrementAndGet();
          return plain(port);
        };
    long begun = System.nanoTime();
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertTrue(
                ((ParityService)
                        LocateRegistry.getRegistry("127.0.0.1", server.rmiPort(), own)
                            .lookup(ParityService.NAME))
                    .isEven(2)));
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    assertEquals(1, dialled.get(), "connections of its own");
    return taken;
  }
}
