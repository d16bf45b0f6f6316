package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.acopio.catalog.Claim;
import org.acopio.catalog.Claim.Ending;
import org.acopio.catalog.PastCollection;
import org.acopio.catalog.Totals;
import org.acopio.catalog.UnprovenFile;
import org.acopio.remote.Completion;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog knows of what agents said they have. */
class ClaimsTest {
  private static final String ADDRESS = "192.0.2.17";

  @TempDir Path folder;
  private Server server;
  private Agent agent;

  @BeforeEach
  void open() throws Exception {
    server = new Server(folder, Server.LIMITS);
    agent = Agent.fresh(new Direct(server.collector, ADDRESS));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The server ends, in order or not, and another begins on its folder. */
  private void restart(boolean inOrder) throws Exception {
    if (inOrder) {
      server.close();
    } else {
      server.sessions.close();
      server.catalog.close();
      server.storage.close();
    }
    server = new Server(folder, Server.LIMITS);
    agent = agent.over(new Direct(server.collector, ADDRESS));
  }

  private List<PastCollection> collections() {
    return server
        .catalog
        .clients()
        .collections(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10);
  }

  private Optional<Claim> claim(long collection) {
    return server.catalog.clients().collection(collection).orElseThrow().claim();
  }

  private Claim claim() {
    return collections().get(0).claim().orElseThrow();
  }

  private List<UnprovenFile> unproven() {
    long number = collections().get(0).agent();
    return server.catalog.claims().unproven(number, Optional.empty(), Optional.empty(), 5_000);
  }

  private String reason() {
    List<UnprovenFile> all = unproven();
    assertEquals(1, all.size(), all::toString);
    return all.get(0).path() + " " + all.get(0).reason();
  }

  @Test
  void everythingThatWasStoredOrHadIsProven() throws Exception {
    Photo first = Photo.of(100, 1);
    Receipt one = agent.store(first, "/1.jpg");
    Receipt two = agent.store(Photo.of(50, 2), "/2.jpg");
    agent.close();
    assertEquals(new Claim(Ending.CLOSED, new Totals(2, 150), new Totals(0, 0)), claim());
    agent.open();
    assertInstanceOf(Verdict.Have.class, agent.offer(first.known("/1.jpg")).get(0));
    assertInstanceOf(Verdict.Have.class, agent.offer(first.known("/1.jpg")).get(0));
    Verdict.Have copied =
        assertInstanceOf(Verdict.Have.class, agent.offer(first.known("/copy.jpg")).get(0));
    agent.close();
    assertEquals(new Totals(2, 200), claim().proven());
    assertArrayEquals(
        new long[] {one.file(), copied.receipt().file()},
        server.catalog.claims().proof(collections().get(0).number()).orElseThrow());
    assertTrue(two.file() > one.file());
    assertEquals(List.of(), unproven());
  }

  @Test
  void refusalIsKeptWithItsReasonUntilTheFileIsTaken() throws Exception {
    Photo text = Photo.text("not a picture, but a text without any name of one");
    Refused no =
        assertInstanceOf(
            Refused.class, agent.finish(text.claim(agent.sent(text, "/notes"))).get(0));
    assertEquals(Refused.Reason.NOT_MEDIA, no.reason());
    agent.close();
    assertEquals(new Claim(Ending.CLOSED, new Totals(0, 0), new Totals(1, text.size())), claim());
    assertEquals("/notes not-media", reason());
    assertEquals(no.detail(), unproven().get(0).detail());
    agent.open();
    agent.store(Photo.of(20, 3), "/notes");
    agent.close();
    assertEquals(List.of(), unproven());
  }

  @Test
  void tooLargeAFileIsSaidAndNotProven() throws Exception {
    FileOffer film =
        new FileOffer(
            Photo.of(1, 1).at("/film").path(), 2 << 20, Server.NOW, "video/mp4", Optional.empty());
    assertInstanceOf(Refused.class, agent.offer(film).get(0));
    agent.close();
    assertEquals("/film too-large", reason());
    assertEquals(new Totals(1, 2 << 20), claim().unproven());
    assertEquals(1, collections().get(0).summary().orElseThrow().refused());
  }

  @Test
  void fileThatChangedWhileItWasReadIsSaidSo() throws Exception {
    Photo photo = Photo.of(100, 1);
    long upload = agent.sent(photo, "/a.jpg");
    assertInstanceOf(
        Completion.Changed.class, agent.finish(photo.withFlipped(70).claim(upload)).get(0));
    agent.close();
    assertEquals("/a.jpg changed", reason());
  }

  @Test
  void fileThatChangedAndWasSentAgainIsProvenOnce() throws Exception {
    agent.begin(Photo.of(100, 1).at("/a.jpg"));
    agent.store(Photo.of(120, 2), "/a.jpg");
    agent.close();
    assertEquals(new Claim(Ending.CLOSED, new Totals(1, 120), new Totals(0, 0)), claim());
  }

  @Test
  void offeredAndNeverSentIsNotTheSameAsBegun() throws Exception {
    Photo photo = Photo.of(100, 1);
    agent.begin(photo.at("/offered.jpg"));
    agent.close();
    assertEquals("/offered.jpg not-sent", reason());
    agent.open();
    agent.send(photo, agent.begin(photo.at("/offered.jpg")).upload(), 0, 25);
    agent.close();
    assertEquals("/offered.jpg unfinished", reason());
    assertTrue(
        unproven().get(0).detail().startsWith("25 of 100 bytes"), unproven().get(0).detail());
  }

  @Test
  void stopOfTheServerKeepsWhatWasSaid() throws Exception {
    Photo photo = Photo.of(100, 1);
    agent.store(Photo.of(10, 9), "/whole.jpg");
    agent.send(photo, agent.begin(photo.at("/half.jpg")).upload(), 0, 25);
    restart(true);
    assertEquals("/half.jpg unfinished", reason());
    PastCollection before = collections().get(1);
    assertEquals(
        new Claim(Ending.STOPPED, new Totals(1, 10), new Totals(1, 100)),
        before.claim().orElseThrow());
    agent.send(photo, agent.begin(photo.at("/half.jpg")));
    agent.store(photo, "/half.jpg");
    agent.close();
    assertEquals(List.of(), unproven());
  }

  @Test
  void crashLosesNoProofButLeavesTheCollectionWithoutAnEnd() throws Exception {
    agent.store(Photo.of(10, 9), "/whole.jpg");
    agent.begin(Photo.of(100, 1).at("/half.jpg"));
    restart(false);
    assertEquals(Optional.empty(), collections().get(1).claim());
    assertEquals(Optional.empty(), collections().get(1).closedAt());
    agent.store(Photo.of(100, 1), "/half.jpg");
    agent.close();
    assertEquals(List.of(), unproven());
    assertEquals(
        2,
        server
            .catalog
            .clients()
            .agents(org.acopio.catalog.Listing.first(1))
            .get(0)
            .holdings()
            .files());
  }

  @Test
  void wordsOfALostConnectionNeverComeAfterThoseOfTheNext() throws Exception {
    Photo lost = Photo.of(100, 1);
    Photo refused = Photo.of(90, 2);
    agent.send(lost, agent.begin(lost.at("/lost.jpg")).upload(), 0, 25);
    agent.begin(refused.at("/later.jpg"));
    Agent next = agent.over(new Direct(server.collector, ADDRESS));
    assertEquals(2, unproven().size());
    next.store(lost, "/lost.jpg");
    next.close();
    // The ticket of the lost connection runs out only now.
    agent.close();
    assertEquals("/later.jpg not-sent", reason());
    assertEquals(
        new Claim(Ending.CLOSED, new Totals(1, 100), new Totals(0, 0)),
        collections().get(0).claim().orElseThrow());
  }

  @Test
  void collectionThatIsNotUsedEndsAsExpired() throws Exception {
    CollectSettings brief =
        new CollectSettings(4_096, 16_384, 10, 4, Duration.ofSeconds(1), 1_000, 8, 1 << 20, 0);
    try (Collector impatient = server.collector(brief)) {
      Agent sleeper = Agent.fresh(new Direct(impatient, ADDRESS));
      sleeper.begin(Photo.of(100, 1).at("/a.jpg"));
      long mine = collections().get(0).number();
      // Whoever opens a collection sends the sleepers away.
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (claim(mine).isEmpty() && System.nanoTime() < deadline) {
        Agent.fresh(new Direct(impatient, ADDRESS)).close();
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      assertEquals(Ending.EXPIRED, claim(mine).orElseThrow().ending());
    }
  }

  @Test
  void moreRefusalsThanMemoryIsMeantForAreAllKept() throws Exception {
    int many = OpenClaims.MAX_REFUSED * 2 + 5;
    List<FileOffer> films =
        IntStream.range(0, many)
            .mapToObj(
                i ->
                    new FileOffer(
                        Photo.of(1, 1).at("/film" + i).path(),
                        2 << 20,
                        Server.NOW,
                        "video/mp4",
                        Optional.empty()))
            .toList();
    for (int from = 0; from < many; from += 10) {
      agent.offer(films.subList(from, Math.min(many, from + 10)).toArray(FileOffer[]::new));
    }
    assertTrue(unproven().size() >= OpenClaims.MAX_REFUSED);
    agent.store(Photo.of(10, 1), "/film0");
    agent.close();
    assertEquals(new Totals(many - 1, (many - 1L) << 21), claim().unproven());
    assertEquals(many - 1, unproven().size());
  }

  @Test
  void numbersAreKeptOnceHoweverOftenTheyCome() {
    FileNumbers numbers = new FileNumbers();
    for (int round = 0; round < 50; round++) {
      for (long number = 40; number > 0; number--) {
        numbers.add(number);
      }
    }
    assertArrayEquals(IntStream.rangeClosed(1, 40).asLongStream().toArray(), numbers.toArray());
  }
}
