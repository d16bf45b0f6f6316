package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.check.CheckReport;
import org.acopio.check.Finding;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.FailingDisk;
import org.acopio.storage.WatchedDisk.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails costs no receipt, and what it failed is not trusted. */
class DiskFailureTest {
  private static final String PATH = "/home/ana/photo.jpg";

  @TempDir Path folder;
  private final FailingDisk disk = new FailingDisk();
  private final Photo photo = Photo.of(9_000, 5);
  private Server server;
  private Agent agent;

  @BeforeEach
  void open() throws Exception {
    server =
        new Server(
            folder,
            Server.LIMITS,
            whole -> {
              whole.close();
              return disk.store(folder.resolve("store"));
            });
    agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
  }

  @AfterEach
  void close() {
    disk.heal();
    server.close();
  }

  private CheckReport check(boolean readData) throws Exception {
    return new Check(server.catalog, (DiskStorage) server.storage, Clock.systemUTC())
        .run(CheckOptions.asked(readData, false), bytes -> {}, new CheckProgress(), false);
  }

  private void assertClean() throws Exception {
    assertEquals(List.of(), check(true).findings());
  }

  private List<Path> setAside() throws IOException {
    Path quarantine = server.store().resolve(".quarantine");
    if (!Files.exists(quarantine)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(quarantine)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertStoredFromTheBeginning(long before) throws Exception {
    Verdict.Send again = agent.begin(photo.at(PATH));
    assertNotEquals(before, again.upload(), "a new file takes the bytes");
    assertEquals(List.of(new Range(0, photo.size())), again.missing());
    agent.send(photo, again);
    Receipt receipt = Agent.stored(agent.finish(photo.claim(again.upload())).get(0));
    assertArrayEquals(photo.bytes(), agent.read(receipt));
    assertClean();
  }

  @Test
  void failedWriteSetsTheFileAside() throws Exception {
    Verdict.Send send = agent.begin(photo.at(PATH));
    disk.fail(Step.WRITE, 1, FailingDisk.BROKEN);
    BlockReply reply = agent.write(photo.block(send.upload(), 0, 2_000)).get(0);
    assertEquals(BlockReply.Outcome.STORE_FAILED, reply.outcome());
    assertTrue(reply.detail().contains(FailingDisk.BROKEN), reply::detail);
    assertEquals(1, setAside().size());
    assertEquals(
        Incident.Code.STORE_FAILED, server.collector.progress().incidents(1).get(0).code());
    assertEquals(PATH, server.collector.progress().incidents(1).get(0).path());
    assertEquals(
        BlockReply.Outcome.UNKNOWN_UPLOAD,
        agent.write(photo.block(send.upload(), 0, 2_000)).get(0).outcome());
    assertStoredFromTheBeginning(send.upload());
    assertEquals(1, setAside().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {FailingDisk.BROKEN, FailingDisk.FULL, FailingDisk.OVER_QUOTA})
  void failedSyncIsNotTriedAgain(String why) throws Exception {
    long upload = agent.sent(photo, PATH);
    disk.fail(Step.SYNC, 1, why);
    Completion answer = agent.finish(photo.claim(upload)).get(0);
    Refused refused = assertInstanceOf(Refused.class, answer, answer::toString);
    assertTrue(refused.reason().retryable(), refused::toString);
    assertTrue(
        refused.detail().contains(why.equals(FailingDisk.BROKEN) ? why : "disk is full"),
        refused::detail);
    assertEquals(List.of(), server.files());
    assertEquals(1, setAside().size());
    Refused again = assertInstanceOf(Refused.class, agent.finish(photo.claim(upload)).get(0));
    assertEquals(Refused.Reason.UNKNOWN_UPLOAD, again.reason());
    assertTrue(
        server.collector.progress().incidents(10).stream().anyMatch(one -> one.path().equals(PATH)),
        "an incident says so");
    assertStoredFromTheBeginning(upload);
  }

  @Test
  void failedSyncOfAFolderGivesNoReceipt() throws Exception {
    long upload = agent.sent(photo, PATH);
    disk.fail(Step.SYNC_FOLDER, 1, FailingDisk.BROKEN);
    assertInstanceOf(Refused.class, agent.finish(photo.claim(upload)).get(0));
    assertEquals(List.of(), server.files(), "the name is taken back");
    assertStoredFromTheBeginning(upload);
  }

  /** Nor is it another file's in the end: it is taken back as soon as the disk lets it be. */
  @Test
  void nameThatCannotBeTakenBackAtOnceDoesNotStay() throws Exception {
    long upload = agent.sent(photo, PATH);
    disk.failAlways(FailingDisk.BROKEN, Step.SYNC_FOLDER, Step.DELETE, Step.MOVE);
    assertInstanceOf(Refused.class, agent.finish(photo.claim(upload)).get(0));
    assertEquals(1, server.files().size(), "the disk keeps it");
    disk.heal();
    server.collector.progress().lookNow();
    assertEquals(List.of(), server.files(), "the name is taken back");
    agent.store(photo, PATH);
    assertEquals(1, server.files().size());
    assertEquals(
        Set.of(Finding.Kind.STRAY),
        check(true).findings().stream().map(Finding::kind).collect(Collectors.toSet()),
        "only what could not be set aside, which the next start deletes");
  }

  /**
   * The disk fails whatever is asked of it, is mended, and has lost what was not durable. What it
   * lost is sent again; nobody restarts the server.
   */
  @Test
  void whatADiskThatWasMendedHasLostIsSentAgain() throws Exception {
    Receipt before = agent.store(Photo.of(5_000, 1), "/before.jpg");
    long whole = agent.sent(photo, PATH);
    Photo half = Photo.of(8_000, 2);
    Verdict.Send begun = agent.begin(half.at("/half.jpg"));
    agent.send(half, begun.upload(), 0, 2_000);
    Photo failed = Photo.of(8_000, 3);
    Verdict.Send other = agent.begin(failed.at("/failed.jpg"));
    disk.failAlways(FailingDisk.BROKEN, Step.values());
    agent.write(failed.block(other.upload(), 0, 2_000));
    loseWhatArrived();
    disk.heal();
    Completion.Incomplete lost =
        assertInstanceOf(
            Completion.Incomplete.class, agent.finish(photo.claim(whole)).get(0), "no receipt");
    assertEquals(List.of(new Range(0, photo.size())), lost.missing());
    assertArrayEquals(photo.bytes(), agent.read(stored(photo, PATH)));
    assertArrayEquals(half.bytes(), agent.read(stored(half, "/half.jpg")));
    assertArrayEquals(Photo.of(5_000, 1).bytes(), agent.read(before));
    assertClean();
  }

  /** As a check of the file system may leave it. */
  private void loseWhatArrived() throws IOException {
    try (Stream<Path> files = Files.list(server.store().resolve(".partial"))) {
      for (Path file : files.filter(one -> !one.endsWith("journal")).toList()) {
        Files.write(file, new byte[] {});
      }
    }
  }

  /** As an agent does that goes on where it was. */
  private Receipt stored(Photo content, String path) throws Exception {
    Verdict.Send send = agent.begin(content.at(path));
    for (Range range : send.missing()) {
      agent.send(content, send.upload(), range.from(), range.to());
    }
    return Agent.stored(agent.finish(content.claim(send.upload())).get(0));
  }

  @Test
  void journalIsMadeAnewAfterItsSyncFailed() throws Exception {
    long upload = agent.sent(photo, PATH);
    // The first is the file's own.
    disk.fail(Step.SYNC, 2, FailingDisk.BROKEN);
    assertInstanceOf(Refused.class, agent.finish(photo.claim(upload)).get(0));
    assertEquals(1, disk.failures());
    assertEquals(List.of(), server.files());
    Receipt receipt = Agent.stored(agent.finish(photo.claim(upload)).get(0));
    assertArrayEquals(photo.bytes(), agent.read(receipt));
    assertEquals(List.of(), setAside(), "the bytes were durable");
    assertClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {FailingDisk.FULL, FailingDisk.OVER_QUOTA, FailingDisk.READ_ONLY})
  void whatThereWasNoRoomForGoesOnWhenThereIs(String why) throws Exception {
    Verdict.Send send = agent.begin(photo.at(PATH));
    agent.send(photo, send.upload(), 0, 2_250);
    disk.failAlways(why, Step.WRITE, Step.LINK, Step.OPEN);
    BlockReply.Outcome outcome =
        agent.write(photo.block(send.upload(), 2_250, 4_500)).get(0).outcome();
    assertEquals(
        why.equals(FailingDisk.READ_ONLY)
            ? BlockReply.Outcome.STORE_FAILED
            : BlockReply.Outcome.STORE_FULL,
        outcome);
    CollectorException refused =
        assertThrows(CollectorException.class, () -> agent.offer(photo.at("/other.jpg")));
    assertEquals(CollectorException.Code.UNAVAILABLE, refused.code());
    disk.heal();
    Verdict.Send resumed = agent.begin(photo.at(PATH));
    assertEquals(send.upload(), resumed.upload());
    assertEquals(List.of(new Range(2_250, 9_000)), resumed.missing());
    agent.send(photo, resumed);
    Agent.stored(agent.finish(photo.claim(resumed.upload())).get(0));
    assertEquals(List.of(), setAside());
    assertClean();
  }

  /** A quota, or a disk that has no more room for names, leaves its figures as they are. */
  @ParameterizedTest
  @ValueSource(strings = {FailingDisk.FULL, FailingDisk.OVER_QUOTA})
  void diskThatTakesNothingIsSaidToBeFullWhateverItsFigures(String why) throws Exception {
    Verdict.Send send = agent.begin(photo.at(PATH));
    assertTrue(free() > 0);
    disk.failAlways(why, Step.WRITE);
    agent.write(photo.block(send.upload(), 0, 2_250));
    assertEquals(0, free());
    assertEquals(0, free(), "tried again, and still full");
    disk.heal();
    assertTrue(free() > 0);
    agent.send(photo, agent.begin(photo.at(PATH)));
    Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertClean();
  }

  private long free() {
    return server.collector.progress().lookNow().free();
  }

  @Test
  void readErrorIsAFinding() throws Exception {
    Receipt receipt = agent.store(photo, PATH);
    disk.failAlways(FailingDisk.BROKEN, Step.READ);
    CheckReport report = check(true);
    assertEquals(1, report.findings().size());
    assertEquals(Finding.Kind.UNREADABLE, report.findings().get(0).kind());
    assertEquals(receipt.storedAs(), report.findings().get(0).storedAs());
    assertTrue(report.findings().get(0).detail().contains(FailingDisk.BROKEN));
    disk.heal();
    assertClean();
  }

  /** Whichever step fails, and how often it was done before: nothing is lost, nothing too much. */
  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"TRUNCATE", "DELETE"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyStepMayFailOnce(Step step) throws Exception {
    Map<String, Photo> photos = new TreeMap<>();
    int failures;
    int nth = 0;
    do {
      nth++;
      failures = disk.failures();
      // The second has the content of the first, which is shared.
      String one = "/" + step + "/a-" + nth + ".jpg";
      String two = "/" + step + "/b-" + nth + ".jpg";
      Photo content = Photo.of(3_000, nth);
      disk.fail(step, nth, nth % 2 == 0 ? FailingDisk.FULL : FailingDisk.BROKEN);
      collect(content, one);
      collect(content, two);
      photos.put(one, content);
      photos.put(two, content);
    } while (disk.failures() > failures && nth < 40);
    disk.heal();
    assertTrue(step == Step.READ || nth > 1, "nothing failed");
    assertTrue(nth < 40, "no end of failures");
    for (Map.Entry<String, Photo> each : photos.entrySet()) {
      Verdict.Have have =
          assertInstanceOf(
              Verdict.Have.class, agent.offer(each.getValue().known(each.getKey())).get(0));
      assertArrayEquals(each.getValue().bytes(), agent.read(have.receipt()));
    }
    assertEquals(photos.size(), check(false).rows());
    assertClean();
  }

  /** As an agent does that tries again whatever it is told. */
  private void collect(Photo content, String path) throws Exception {
    for (int attempt = 0; attempt < 5; attempt++) {
      try {
        Verdict verdict = agent.offer(content.at(path)).get(0);
        if (verdict instanceof Verdict.Send send) {
          for (Range range : send.missing()) {
            agent.send(content, send.upload(), range.from(), range.to());
          }
          if (agent.finish(content.claim(send.upload())).get(0) instanceof Completion.Stored) {
            return;
          }
        }
      } catch (CollectorException | AssertionError e) {
        // Refused this time.
      }
    }
    throw new AssertionError(path + " was not stored in five attempts");
  }
}
