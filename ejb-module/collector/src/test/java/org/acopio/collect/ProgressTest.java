package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.catalog.ScrubState;
import org.acopio.collect.Incident.Code;
import org.acopio.collect.PartProgress.State;
import org.acopio.collect.Waiting.Reason;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply.Outcome;
import org.acopio.remote.Completion;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.acopio.storage.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What onlookers see, by a clock that the tests move. */
class ProgressTest {
  private static final ScrubState NEVER = ScrubState.NONE;

  private static final String ADDRESS = "192.0.2.17";

  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch diskIsAsked = new CountDownLatch(1);
  private final CountDownLatch diskAnswers = new CountDownLatch(1);
  private volatile boolean diskHangs;
  private Server server;
  private Collector collector;
  private Agent agent;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = new Server(folder, Server.LIMITS);
    collector = collector(Server.LIMITS);
    agent = Agent.fresh(new Direct(collector, ADDRESS));
  }

  private Collector collector(CollectSettings limits) {
    Clock clock = Clock.fixed(Server.NOW, ZoneOffset.UTC);
    return new Collector(limits, slow(server.storage), server.catalog, clock, "1", nanos::get);
  }

  @AfterEach
  void stop() {
    collector.close();
    server.close();
  }

  /** A store whose disk hangs when it is told to. */
  private Storage slow(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (diskHangs && method.getName().equals("write")) {
                diskIsAsked.countDown();
                diskAnswers.await();
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      pass(Duration.ofSeconds(1));
      collector.count();
    }
  }

  private CollectionProgress open() {
    return collector.progress().collections(200).get(0);
  }

  private PartProgress part(int part) {
    return open().files().get(0).parts().get(part);
  }

  @Test
  void rateAndRemainingTimeAreThoseOfTheLastSeconds() throws Exception {
    Photo photo = Photo.of(8_000, 1);
    Verdict.Send send = agent.begin(photo.at("/x.jpg"));
    assertEquals(Optional.empty(), open().remaining());
    agent.send(photo, send.upload(), 0, 2_000);
    seconds(2);
    assertEquals(1_000, open().bytesPerSecond());
    assertEquals(Optional.of(Duration.ofSeconds(6)), open().remaining());
    assertEquals(1_000, collector.progress().bytesPerSecond());
    seconds(7);
    assertEquals(0, open().bytesPerSecond());
    assertEquals(Optional.empty(), open().remaining());
    assertEquals(8_000, open().begunBytes());
    assertEquals(6_000, open().missingBytes());
    assertEquals(new Flow(2_000, 0), collector.progress().seconds().get(0));
  }

  @Test
  void blockWithAWrongChecksumMakesItsPartCorruptUntilItComesAgain() throws Exception {
    Photo photo = Photo.of(400, 1);
    long upload = agent.begin(photo.at("/x.jpg")).upload();
    agent.send(photo, upload, 100, 150);
    Block torn = new Block(upload, 1, 50, 7, ByteBuffer.wrap(new byte[50]));
    assertEquals(Outcome.CORRUPT, agent.write(torn).get(0).outcome());
    assertEquals(new PartProgress(100, 50, State.CORRUPT, 1, Direct.PORT), part(1));
    agent.send(photo, upload, 180, 200);
    assertEquals(State.CORRUPT, part(1).state());
    agent.send(photo, upload, 150, 170);
    assertEquals(State.ARRIVING, part(1).state());
    agent.send(photo, upload, 170, 180);
    assertEquals(new PartProgress(100, 100, State.COMPLETE, 1, Direct.PORT), part(1));
    Incident incident = collector.progress().incidents(9).get(0);
    assertEquals(Code.CORRUPT_BLOCK, incident.code());
    assertEquals("/x.jpg", incident.path());
    assertEquals("PC", incident.hostName());
    assertEquals(ADDRESS, incident.address());
    assertEquals(1, collector.progress().counts().corruptBlocks());
  }

  @Test
  void blockThatComesAgainIsARetry() throws Exception {
    Photo photo = Photo.of(400, 1);
    long upload = agent.begin(photo.at("/x.jpg")).upload();
    agent.send(photo, upload, 0, 50);
    agent.send(photo, upload, 0, 50);
    agent.send(photo, upload, 40, 60);
    assertEquals(new PartProgress(100, 60, State.ARRIVING, 2, Direct.PORT), part(0));
    assertEquals(0, part(1).retries());
  }

  @Test
  void partThatChangedIsToComeAgain() throws Exception {
    Photo photo = Photo.of(400, 1);
    long upload = agent.sent(photo, "/x.jpg");
    assertInstanceOf(
        Completion.Changed.class, agent.finish(photo.withFlipped(250).claim(upload)).get(0));
    assertEquals(new PartProgress(100, 0, State.CORRUPT, 1, Direct.PORT), part(2));
    assertEquals(State.COMPLETE, part(1).state());
    assertEquals(1, open().changed());
    Incident incident = collector.progress().incidents(1).get(0);
    assertEquals(Code.CHANGED, incident.code());
    assertEquals("3", incident.detail());
  }

  @Test
  void emptyPartsAreComplete() throws Exception {
    agent.begin(Photo.of(3, 1).at("/x.jpg"));
    assertEquals(
        List.of(0L, 1L, 1L, 1L),
        open().files().get(0).parts().stream().map(PartProgress::bytes).toList());
    assertEquals(State.COMPLETE, part(0).state());
    assertEquals(State.WAITING, part(1).state());
  }

  @Test
  void filesTouchedLastAreShownAndTheOthersCounted() throws Exception {
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      agent.begin(Photo.of(400, i).at("/" + i + ".jpg"));
    }
    pass(Duration.ofSeconds(1));
    Photo first = Photo.of(400, 0);
    agent.send(first, agent.begin(first.at("/0.jpg")).upload(), 0, 100);
    CollectionProgress open = collector.progress().collections(2).get(0);
    assertEquals(
        List.of("/0.jpg", "/4.jpg"), open.files().stream().map(FileProgress::path).toList());
    assertEquals(3, open.otherFiles());
    assertEquals(1_900, open.missingBytes());
    assertEquals(Server.NOW, open.files().get(0).touchedAt());
    assertEquals(Server.NOW.minusSeconds(1), open.files().get(1).touchedAt());
  }

  @Test
  void fileGivenUpForANewerOneIsNotInFlight() throws Exception {
    agent.begin(Photo.of(400, 1).at("/x.jpg"));
    agent.begin(Photo.of(500, 1).at("/x.jpg"));
    assertEquals(List.of(500L), open().files().stream().map(FileProgress::size).toList());
    assertEquals(1, open().openFiles());
  }

  @Test
  void refusedFilesAreKnownByNameAndReason() throws Exception {
    Photo text = Photo.text("just text");
    assertInstanceOf(Refused.class, agent.finish(text.claim(agent.sent(text, "/a.txt"))).get(0));
    assertInstanceOf(Refused.class, agent.offer(Photo.of((1 << 20) + 1, 1).at("/big.jpg")).get(0));
    assertEquals(
        List.of(Code.TOO_LARGE, Code.NOT_MEDIA),
        collector.progress().incidents(9).stream().map(Incident::code).toList());
    assertEquals(2, open().refused());
    assertEquals(0, open().openFiles());
    assertEquals(2, collector.progress().counts().refused());
    assertEquals(
        List.of(Problem.Code.FILES_TOO_LARGE, Problem.Code.FILES_NOT_MEDIA),
        codes(collector.progress().problems()));
  }

  private static List<Problem.Code> codes(List<Problem> problems) {
    return problems.stream().map(Problem::code).toList();
  }

  @Test
  void silentClientIsWaitedForAndAProblemAfterAMinute() throws Exception {
    agent.begin(Photo.of(400, 1).at("/x.jpg"));
    assertEquals(Reason.NOTHING, open().waiting().reason());
    pass(Duration.ofSeconds(20));
    assertEquals(new Waiting(Reason.CLIENT, Duration.ofSeconds(20)), open().waiting());
    assertEquals(List.of(), collector.progress().problems());
    pass(Duration.ofSeconds(50));
    Problem problem = collector.progress().problems().get(0);
    assertEquals(new Problem(Problem.Code.COLLECTION_SILENT, 1, 0, 0, 70, "PC"), problem);
  }

  @Test
  void fullStoreIsWhyACollectionWaits() throws Exception {
    collector.close();
    CollectSettings limits = Server.LIMITS;
    collector =
        collector(
            new CollectSettings(
                4_096, 16_384, 10, 4, limits.idle(), 10, 8, 1 << 20, Long.MAX_VALUE));
    agent = Agent.fresh(new Direct(collector, ADDRESS));
    agent.offer(Photo.of(400, 1).at("/x.jpg"));
    pass(Duration.ofSeconds(3));
    assertEquals(new Waiting(Reason.STORE_FULL, Duration.ofSeconds(3)), open().waiting());
    assertEquals(Code.STORE_FULL, collector.progress().incidents(1).get(0).code());
    assertEquals(List.of(Problem.Code.STORE_FULL), codes(collector.progress().problems()));
    assertEquals(0, collector.progress().condition().room());
  }

  @Test
  void slowDiskIsWhyACollectionWaitsAndLookingDoesNot() throws Exception {
    Photo photo = Photo.of(400, 1);
    long upload = agent.begin(photo.at("/x.jpg")).upload();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      diskHangs = true;
      var sent = sender.submit(() -> agent.write(photo.block(upload, 0, 100)));
      assertTrue(diskIsAsked.await(10, TimeUnit.SECONDS));
      pass(Duration.ofSeconds(4));
      assertEquals(new Waiting(Reason.DISK, Duration.ofSeconds(4)), open().waiting());
      diskAnswers.countDown();
      sent.get(10, TimeUnit.SECONDS);
      assertEquals(Reason.NOTHING, open().waiting().reason());
      DurationHistogram writes = collector.times().of(Operation.WRITE, Transport.RMI);
      assertEquals(Duration.ofSeconds(4), writes.sum());
      assertEquals(Duration.ofSeconds(4), writes.longest());
    } finally {
      diskAnswers.countDown();
      sender.shutdown();
    }
  }

  @Test
  void everyCallIsTimedWhetherItSucceedsOrFails() throws Exception {
    CallTimes times = collector.times();
    agent.begin(Photo.of(400, 1).at("/x.jpg"));
    CollectorContract.assertRefused(
        org.acopio.remote.CollectorException.Code.TICKET_UNKNOWN,
        () -> collector.close(new Peer(ADDRESS, 1, Transport.INGEST), "none"));
    assertEquals(1, times.of(Operation.OPEN, Transport.RMI).count());
    assertEquals(1, times.of(Operation.OFFER, Transport.RMI).count());
    assertEquals(1, times.of(Operation.CLOSE, Transport.INGEST).count());
    assertEquals(0, times.of(Operation.OPEN, Transport.INGEST).count());
  }

  @Test
  void catalogThatIsAwayIsAnIncidentAndWhyACollectionWaits() throws Exception {
    server.catalog.close();
    CollectorContract.assertRefused(
        org.acopio.remote.CollectorException.Code.UNAVAILABLE,
        () -> agent.offer(Photo.of(400, 1).at("/x.jpg")));
    assertEquals(Reason.STORE_FAILED, open().waiting().reason());
    assertEquals(Code.UNAVAILABLE, collector.progress().incidents(1).get(0).code());
  }

  @Test
  void refusedCollectionIsAnIncident() throws Exception {
    collector.close();
    CollectSettings limits = Server.LIMITS;
    collector =
        collector(new CollectSettings(4_096, 16_384, 10, 4, limits.idle(), 1, 8, 1 << 20, 0));
    agent = Agent.fresh(new Direct(collector, ADDRESS));
    CollectorContract.assertRefused(
        org.acopio.remote.CollectorException.Code.TOO_MANY_COLLECTIONS, () -> agent.open());
    assertEquals(
        List.of(Problem.Code.TOO_MANY_COLLECTIONS), codes(collector.progress().problems()));
  }

  @Test
  void abandonedCollectionEndsByItselfAndIsAnIncident() throws Exception {
    pass(Server.LIMITS.idle().plusSeconds(1));
    collector.endExpired();
    assertEquals(List.of(), collector.progress().collections(0));
    assertEquals(Code.EXPIRED, collector.progress().incidents(1).get(0).code());
  }

  @Test
  void filesThatNobodyGoesOnWithAreAProblem() throws Exception {
    Photo photo = Photo.of(400, 1);
    agent.send(photo, agent.begin(photo.at("/x.jpg")).upload(), 0, 100);
    agent.close();
    collector.close();
    collector = collector(Server.LIMITS);
    assertEquals(
        List.of(new Problem(Problem.Code.FILES_UNFINISHED, 1, 0, 0, 0, "")),
        collector.progress().problems());
  }

  @Test
  void incidentsOfLongAgoAreNoProblem() {
    Condition fine =
        new Condition(
            Server.NOW,
            1L << 40,
            1L << 39,
            0,
            true,
            0,
            0,
            0,
            NEVER,
            List.of(),
            Optional.empty(),
            Optional.empty());
    Instant then = Server.NOW;
    Incident incident = new Incident(1, then, 1, ADDRESS, "PC", "/x", Code.NOT_MEDIA, "");
    Problems problems = new Problems(fine, List.of(), List.of(incident));
    assertEquals(1, problems.at(then.plus(Duration.ofMinutes(59))).size());
    assertEquals(List.of(), problems.at(then.plus(Duration.ofMinutes(61))));
  }

  @Test
  void whatChecksFoundIsAProblem() {
    ScrubState scrub =
        new ScrubState(0, 9, 9, 2, Optional.empty(), Optional.of(Server.NOW), Optional.empty());
    Condition bad =
        new Condition(
            Server.NOW,
            1L << 40,
            1L << 39,
            0,
            true,
            0,
            0,
            3,
            scrub,
            List.of("acopio.mv.db.damaged-1", "acopio.mv.db.damaged-2"),
            Optional.empty(),
            Optional.empty());
    assertEquals(
        List.of(
            new Problem(Problem.Code.FILES_DAMAGED, 3, 0, 0, 0, ""),
            new Problem(Problem.Code.STORE_FINDINGS, 2, 0, 0, 0, ""),
            new Problem(Problem.Code.CATALOG_REBUILT, 2, 0, 0, 0, "acopio.mv.db.damaged-2")),
        new Problems(bad, List.of(), List.of()).at(Server.NOW));
  }

  @Test
  void littleRoomIsAProblemBeforeThereIsNone() {
    Condition tight =
        new Condition(
            Server.NOW,
            1_000,
            140,
            100,
            true,
            0,
            0,
            0,
            NEVER,
            List.of(),
            Optional.empty(),
            Optional.of("gone"));
    assertEquals(
        List.of(
            new Problem(Problem.Code.CATALOG_AWAY, 0, 0, 0, 0, "gone"),
            new Problem(Problem.Code.STORE_NEARLY_FULL, 0, 40, 100, 0, "")),
        new Problems(tight, List.of(), List.of()).at(Server.NOW));
  }
}
