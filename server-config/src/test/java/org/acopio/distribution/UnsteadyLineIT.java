package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collecting over a line with 200 ms of latency whose connections are reset every 4 s. */
class UnsteadyLineIT {
  private static final Duration DELAY = Duration.ofMillis(100);
  private static final Duration BETWEEN_RESETS = Duration.ofSeconds(4);
  private static final long BYTES_PER_SECOND = 4_000_000;

  @TempDir static Path temp;
  private static ServerProcess server;
  private static Path store;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"));
    store = temp.resolve("data/store");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long sum = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** Offers and all else that a protocol says count as bytes that were sent again. */
  private static void assertLittleSentTwice(UnsteadyLine line, Path folder) throws IOException {
    long once = bytes(folder);
    long sent = line.sent();
    assertTrue(
        sent <= once + once / 10,
        () -> sent + " bytes for " + once + " with " + line.resets() + " resets");
    assertTrue(line.resets() >= 3, () -> "only " + line.resets() + " resets");
  }

  @Test
  void theAgentSendsLittleTwice(@TempDir Path pc) throws Exception {
    Path photos = new Media(41).library(pc.resolve("photos"), 900, 12_000_000);
    new Media(42).jpeg(photos.resolve("another panorama.jpg"), 12_000_000);
    try (UnsteadyLine line =
            UnsteadyLine.to(server.rmiPort(), DELAY, BYTES_PER_SECOND, BETWEEN_RESETS);
        AgentProcess agent =
            Collected.start(Map.of(), line.address(), pc.resolve("journal"), photos)) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
      Collected.from(agent).allArrived(photos, store);
      assertLittleSentTwice(line, photos);
    }
  }
}
