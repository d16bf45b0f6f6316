package org.acopio.collect;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.acopio.catalog.Damage;
import org.acopio.catalog.ScrubState;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckRun;
import org.acopio.check.Checks;
import org.acopio.check.ScrubSettings;
import org.acopio.remote.Receipt;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check in the background of a running server, and those that it makes way for. */
class ScrubTest {
  private static final ScrubSettings FAST = new ScrubSettings(7, 1L << 40);

  @TempDir Path folder;
  private final List<Receipt> receipts = new ArrayList<>();
  private Server server;
  private Agent agent;

  @BeforeEach
  void open() throws Exception {
    server = new Server(folder, Server.LIMITS);
    agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
    for (int i = 0; i < 6; i++) {
      receipts.add(agent.store(Photo.of(1_000 + i, i), "/" + i + ".jpg"));
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Checks checks(ScrubSettings settings) {
    return new Checks(
        server.catalog, (DiskStorage) server.storage, settings, () -> false, Clock.systemUTC());
  }

  private void flip(int number) throws Exception {
    Path file = server.file(receipts.get(number).storedAs());
    byte[] bytes = Files.readAllBytes(file);
    FileTime time = Files.getLastModifiedTime(file);
    bytes[500] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  private List<Long> damaged() {
    return server.catalog.checks().damage(0, 100).stream().map(Damage::file).toList();
  }

  private static ScrubState ended(Checks checks) {
    await().until(() -> checks.scrub().begunAt().isEmpty() && checks.scrub().endedAt().isPresent());
    return checks.scrub();
  }

  @Test
  void findsWhatTheDiskChangedAndTellsEverybody() throws Exception {
    flip(2);
    Files.write(server.file("192.0.2.17/stranger.jpg"), new byte[] {1});
    try (Checks checks = checks(FAST)) {
      ScrubState state = ended(checks);
      assertEquals(6, state.files());
      assertEquals(receipts.stream().mapToLong(Receipt::size).sum(), state.bytes());
      assertEquals(1, state.others());
      assertEquals(
          state.lastBegunAt().map(begun -> begun.plus(Duration.ofDays(7))),
          checks.nextScrub(state));
      assertTrue(state.lastBegunAt().orElseThrow().isBefore(state.endedAt().orElseThrow()));
    }
    assertEquals(List.of(receipts.get(2).file()), damaged());
    Condition condition = server.collector.progress().lookNow();
    assertEquals(1, condition.damaged());
    assertEquals(1, condition.scrub().others());
    assertInstanceOf(Verdict.Send.class, agent.offer(Photo.of(1_002, 2).known("/2.jpg")).get(0));
    assertInstanceOf(Verdict.Have.class, agent.offer(Photo.of(1_003, 3).known("/3.jpg")).get(0));
  }

  @Test
  void aFolderThatIsGoneDoesNotFillTheLog() throws Exception {
    for (int i = 6; i < 110; i++) {
      receipts.add(agent.store(Photo.of(1_000 + i, i), "/" + i + ".jpg"));
    }
    for (Receipt receipt : receipts) {
      Files.delete(server.file(receipt.storedAs()));
    }
    List<String> problems = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLevel().equals(Level.SEVERE)) {
              problems.add(new SimpleFormatter().formatMessage(record));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.acopio.check.Scrub");
    logger.addHandler(handler);
    try (Checks checks = checks(FAST)) {
      ended(checks);
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(receipts.size(), server.catalog.checks().damagedFiles());
    assertEquals(101, problems.size());
    assertTrue(problems.get(0).startsWith("missing 192.0.2.17/"), problems.get(0));
    assertTrue(problems.get(100).startsWith("More than 100 "), problems.get(100));
  }

  @Test
  void goesOnWhereItWasAfterARestart() throws Exception {
    flip(1);
    flip(4);
    server
        .catalog
        .checks()
        .scrub(
            new ScrubState(
                receipts.get(2).file(),
                3,
                3_003,
                0,
                Optional.of(Instant.now()),
                Optional.empty(),
                Optional.empty()));
    try (Checks checks = checks(FAST)) {
      assertEquals(6, ended(checks).files());
    }
    assertEquals(List.of(receipts.get(4).file()), damaged(), "the first were read before");
  }

  @Test
  void beginsAgainAfterItsTimeOnly() throws Exception {
    Instant ended = Instant.now().minus(Duration.ofDays(7)).plusSeconds(3_600);
    ScrubState done = between(ended, Optional.empty());
    server.catalog.checks().scrub(done);
    flip(0);
    try (Checks checks = checks(FAST)) {
      assertTrue(checks.nextScrub(checks.scrub()).orElseThrow().isAfter(Instant.now()));
    }
    assertEquals(Optional.of(ended), server.catalog.checks().scrub().endedAt());
    assertEquals(List.of(), damaged());
    server.catalog.checks().scrub(between(ended.minusSeconds(7_200), Optional.empty()));
    try (Checks checks = checks(FAST)) {
      await().until(() -> damaged().equals(List.of(receipts.get(0).file())));
      assertEquals(Optional.empty(), checks.last(), "nobody asked for it");
    }
  }

  private static ScrubState between(Instant ended, Optional<Instant> begun) {
    return new ScrubState(0, 6, 6_015, 0, Optional.empty(), Optional.of(ended), begun);
  }

  @Test
  void readsAllAgainInItsDaysHoweverLongAPassTakes() throws Exception {
    Instant now = Instant.now();
    ScrubState slow = between(now, Optional.of(now.minus(Duration.ofDays(3))));
    server.catalog.checks().scrub(slow);
    flip(0);
    try (Checks checks = checks(FAST)) {
      assertEquals(Optional.of(now.plus(Duration.ofDays(4))), checks.nextScrub(slow));
      assertEquals(List.of(), damaged());
    }
    server.catalog.checks().scrub(between(now, Optional.of(now.minus(Duration.ofDays(8)))));
    try (Checks checks = checks(FAST)) {
      assertEquals(6, ended(checks).files());
      await().until(() -> damaged().equals(List.of(receipts.get(0).file())));
    }
  }

  /** It ended before the clock was set back. */
  @Test
  void doesNotWaitForAnEndInTheFuture() throws Exception {
    Instant ended = Instant.now().plus(Duration.ofDays(3_650));
    server.catalog.checks().scrub(between(ended, Optional.empty()));
    flip(0);
    try (Checks checks = checks(FAST)) {
      await().until(() -> damaged().equals(List.of(receipts.get(0).file())));
      assertTrue(ended(checks).endedAt().orElseThrow().isBefore(ended));
    }
  }

  @Test
  void makesWayForACheckThatSomebodyAskedFor() throws Exception {
    flip(3);
    try (Checks checks = checks(new ScrubSettings(7, 1 << 16))) {
      CheckRun run = checks.start(CheckOptions.asked(true, true)).orElseThrow();
      await().until(() -> !run.running());
      assertEquals(1, run.report().orElseThrow().left(), () -> run.failure().toString());
      assertEquals(List.of(receipts.get(3).file()), damaged());
      assertTrue(checks.start(CheckOptions.asked(false, false)).isPresent());
    }
  }

  @Test
  void neverIsNever() {
    try (Checks checks = checks(new ScrubSettings(0, 1 << 16))) {
      assertEquals(Optional.empty(), checks.nextScrub(checks.scrub()));
      assertFalse(checks.scrub().begunAt().isPresent());
    }
  }
}
