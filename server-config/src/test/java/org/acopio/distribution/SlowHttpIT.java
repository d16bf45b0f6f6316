package org.acopio.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of HTTP that are slow, silent or many: they are sent away in time, and the console
 * answers everybody else meanwhile.
 */
class SlowHttpIT {
  private static final int FIRST_BYTE_SECONDS = 4;

  /** Below the product's 1,000, so that a test needs fewer of its own descriptors. */
  private static final int CONNECTIONS_OF_AN_ADDRESS = 300;

  private static final int THREADS = 200;

  @TempDir static Path temp;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server =
        ServerProcess.start(
            temp.resolve("data"),
            "-Dacopio.http.first-byte=PT" + FIRST_BYTE_SECONDS + "S",
            "-Dacopio.http.max-connections-per-address=" + CONNECTIONS_OF_AN_ADDRESS);
    awaitAnswer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void everybodyIsAnsweredAgain() {
    awaitAnswer();
  }

  private static void awaitAnswer() {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> answer("127.0.0.1").startsWith("HTTP/1.1 200"));
  }

  private static String head(String request, String headers) {
    return request + " HTTP/1.1\r\nHost: localhost:" + server.httpPort() + "\r\n" + headers;
  }

  private static String answer(String address) throws IOException {
    try (TcpClient client = TcpClient.from(address, server.httpPort())) {
      return client.send(head("GET /api/parity/7", "Connection: close\r\n\r\n")).textToEnd();
    }
  }

  private static void assertSomebodyElseIsAnswered() {
    String answer = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> answer("127.0.0.2"));
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }

  private static TcpClient client() throws IOException {
    return TcpClient.to(server.httpPort());
  }

  /** Sends a byte again and again until the server has ended the connection. */
  private static void assertEndsWhileItDrips(TcpClient client) {
    await()
        .atMost(Duration.ofSeconds(FIRST_BYTE_SECONDS + 20))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              try {
                client.send("a");
                return false;
              } catch (SocketException ended) {
                return true;
              }
            });
  }

  @Test
  void whoSaysNothingIsSentAway() throws IOException {
    try (TcpClient silent = client()) {
      assertEquals("", silent.textToEnd());
    }
  }

  @Test
  void whoSendsAHeadByteByByteIsSentAway() throws IOException {
    try (TcpClient slow = client()) {
      assertEndsWhileItDrips(slow.send(head("GET /login", "X: ")));
    }
  }

  @Test
  void theNextRequestOfAConnectionIsNoExcuse() throws IOException {
    try (TcpClient slow = client()) {
      slow.send(head("GET /api/parity/7", "\r\n")).textUpTo("\r\n\r\n");
      assertEndsWhileItDrips(slow.send("GET /login"));
    }
  }

  /** More than the port has threads: each waits for the rest of a body. */
  @Test
  void bodiesThatDoNotComeTakeNoThreadFromOthers() throws Exception {
    List<TcpClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS + 50; i++) {
        TcpClient client = client();
        slow.add(client);
        client.send(head("POST /RPC2", "Content-Type: text/xml\r\nContent-Length: 1000\r\n\r\n<"));
      }
      assertSomebodyElseIsAnswered();
      CompletableFuture<String> same =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return answer("127.0.0.1");
                } catch (IOException e) {
                  return e.toString();
                }
              });
      assertSomebodyElseIsAnswered();
      for (TcpClient each : slow) {
        each.close();
      }
      String waited = same.get(30, TimeUnit.SECONDS);
      assertTrue(waited.startsWith("HTTP/1.1 200"), waited);
    } finally {
      for (TcpClient each : slow) {
        each.close();
      }
    }
  }

  @Test
  void oneAddressLeavesConnectionsToOthers() throws IOException {
    List<TcpClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS_OF_AN_ADDRESS; i++) {
        TcpClient client = client();
        open.add(client);
        client.send(head("GET /api/parity/7", "\r\n")).textUpTo("\r\n\r\n");
      }
      try (TcpClient oneMore = client()) {
        assertEquals("", oneMore.textToEnd());
      }
      assertSomebodyElseIsAnswered();
    } finally {
      for (TcpClient each : open) {
        each.close();
      }
    }
    assertTrue(log().contains("acopio.http.max-connections-per-address"), SlowHttpIT::log);
  }

  /** Not one, so that the connections wait in the queue of the system until there are some. */
  @Test
  void withoutDescriptorsAcceptingPausesAndGoesOn() throws Exception {
    Root.needed(limit("20000"), "only prlimit can take a process its descriptors");
    List<TcpClient> waiting = new ArrayList<>();
    try {
      assertTrue(limit("3"));
      for (int i = 0; i < 20; i++) {
        waiting.add(client());
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> log().contains("HTTP cannot accept a connection for now"));
      Duration before = processorTime();
      Thread.sleep(2_000);
      Duration used = processorTime().minus(before);
      assertTrue(used.compareTo(Duration.ofSeconds(1)) < 0, "it spins: " + used);
      assertTrue(limit("20000"));
      for (TcpClient client : waiting) {
        client.send(head("GET /api/parity/7", "\r\n"));
        assertTrue(client.textUpTo("\r\n").startsWith("HTTP/1.1 200"));
      }
    } finally {
      limit("20000");
      for (TcpClient each : waiting) {
        each.close();
      }
    }
    assertFalse(log().contains("is closed"), SlowHttpIT::log);
  }

  private static Duration processorTime() {
    return ProcessHandle.of(server.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  /** Sets how many descriptors the server may have; those that it has stay. */
  private static boolean limit(String descriptors) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  "prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + descriptors + ":")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  private static String log() {
    try {
      return Files.readString(temp.resolve("data/log/server.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
