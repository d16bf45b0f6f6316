package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Refused.Reason;
import org.acopio.remote.Sha256;
import org.acopio.remote.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules without a wire, and those that need addresses, failures and restarts. */
class DirectCollectorTest extends CollectorContract {
  private static final String ADDRESS = "192.0.2.17";

  @Override
  FileCollector connect() {
    return new Direct(server.collector, ADDRESS);
  }

  private Direct from(String address) {
    return new Direct(server.collector, address);
  }

  private static CollectSettings limits(int collections, long reserve) {
    CollectSettings limits = Server.LIMITS;
    return new CollectSettings(
        limits.blockBytes(),
        limits.sendBytes(),
        limits.batchItems(),
        limits.lanes(),
        limits.idle(),
        collections,
        limits.maxOpenFiles(),
        Parts.MAX_SIZE,
        reserve);
  }

  // --------------------------------------------------------------- addresses

  @Test
  void ticketIsOfNoUseFromAnotherAddress() throws Exception {
    Agent agent = Agent.fresh(connect());
    assertRefused(Code.TICKET_UNKNOWN, () -> from("192.0.2.18").close(agent.ticket.id()));
    assertRefused(Code.TICKET_UNKNOWN, () -> from("192.0.2.18").list(agent.ticket.id(), 0, 1));
    agent.close();
  }

  @Test
  void agentOfACertificateIsTheOneThatOpens() throws Exception {
    Agent agent = Agent.fresh(connect());
    Sha256 id = Sha256.of(Sha256.start().digest(agent.hello(FileCollector.PROTOCOL).agentKey()));
    Direct own = certified(id);
    Direct stranger = certified(Sha256.of(new byte[32]));
    assertRefused(Code.NOT_ENROLLED, () -> stranger.open(agent.hello(FileCollector.PROTOCOL)));
    String ticket = own.open(agent.hello(FileCollector.PROTOCOL)).id();
    assertEquals(List.of(), own.list(ticket, 0, 1).items());
    for (Direct other : List.of(stranger, from(ADDRESS))) {
      assertRefused(Code.TICKET_UNKNOWN, () -> other.list(ticket, 0, 1));
    }
    assertRefused(Code.TICKET_UNKNOWN, () -> own.list(agent.ticket.id(), 0, 1));
  }

  @Test
  void revocationEndsWhatWasOpenedWithTheCertificate() throws Exception {
    Agent agent = Agent.fresh(connect());
    Sha256 id = Sha256.of(Sha256.start().digest(agent.hello(FileCollector.PROTOCOL).agentKey()));
    String ticket = certified(id).open(agent.hello(FileCollector.PROTOCOL)).id();
    server.collector.endCertified(Sha256.of(new byte[32]));
    assertEquals(List.of(), certified(id).list(ticket, 0, 1).items());
    server.collector.endCertified(id);
    assertRefused(Code.TICKET_UNKNOWN, () -> certified(id).list(ticket, 0, 1));
    assertEquals(List.of(), connect().list(agent.ticket.id(), 0, 1).items(), "plain, on this PC");
  }

  private Direct certified(Sha256 agent) {
    return new Direct(
        server.collector, new Peer(ADDRESS, Direct.PORT, Transport.RMI, Optional.of(agent)));
  }

  @Test
  void folderIsTheAddressOfTheConnection() throws Exception {
    for (String address : List.of("192.0.2.99", "2001:db8::99")) {
      Agent agent = Agent.fresh(from(address));
      assertEquals(address, agent.ticket.folder());
      assertEquals(address + "/x.jpg", agent.store(Photo.of(50, 1), "/x.jpg").storedAs());
    }
  }

  @Test
  void agentWithANewAddressIsStillItself() throws Exception {
    Agent agent = Agent.fresh(connect());
    Photo photo = Photo.of(1_000, 77);
    Receipt receipt = agent.store(photo, "/moved-pc/x.jpg");
    Verdict.Send half = agent.begin(Photo.of(400, 78).at("/moved-pc/y.jpg"));
    agent.send(Photo.of(400, 78), half.upload(), 0, 100);
    Agent moved = agent.over(from("192.0.2.200"));
    assertEquals(List.of(new Verdict.Have(receipt)), moved.offer(photo.known("/moved-pc/x.jpg")));
    assertArrayEquals(photo.bytes(), moved.read(receipt));
    assertEquals(
        new Verdict.Send(half.upload(), List.of(new Range(100, 400)), false),
        moved.begin(Photo.of(400, 78).at("/moved-pc/y.jpg")));
  }

  @Test
  void oneAgentMayHaveSeveralCollectionsOpen() throws Exception {
    Agent one = Agent.fresh(connect());
    Agent two = one.over(connect());
    Photo photo = Photo.of(300, 79);
    Verdict.Send send = one.begin(photo.at("/shared.jpg"));
    assertEquals(send, two.begin(photo.at("/shared.jpg")));
    one.send(photo, send.upload(), 0, 150);
    two.send(photo, send.upload(), 150, 300);
    Agent.stored(two.finish(photo.claim(send.upload())).get(0));
    assertInstanceOf(Refused.class, one.finish(photo.claim(send.upload())).get(0));
    assertInstanceOf(Verdict.Have.class, one.offer(photo.known("/shared.jpg")).get(0));
  }

  // ------------------------------------------------------------------ limits

  @Test
  void collectionsHaveALimit() throws Exception {
    try (Collector small = server.collector(limits(2, 0))) {
      Agent first = Agent.fresh(new Direct(small, ADDRESS));
      Agent.fresh(new Direct(small, ADDRESS));
      assertRefused(
          Code.TOO_MANY_COLLECTIONS,
          () ->
              small.open(new Peer(ADDRESS, 0, Transport.RMI), first.hello(FileCollector.PROTOCOL)));
      first.close();
      Agent.fresh(new Direct(small, ADDRESS));
    }
  }

  @Test
  void reserveOfTheDiskStaysFree() throws Exception {
    long free = server.storage.free();
    try (Collector full = server.collector(limits(10, Long.MAX_VALUE));
        Collector roomy = server.collector(limits(10, free / 2))) {
      Photo photo = Photo.of(100, 1);
      Refused refused =
          assertInstanceOf(
              Refused.class,
              Agent.fresh(new Direct(full, ADDRESS)).offer(photo.at("/full.jpg")).get(0));
      assertEquals(Reason.STORE_FULL, refused.reason());
      assertTrue(refused.reason().retryable());
      assertTrue(refused.detail().contains("acopio.collect.reserve-bytes"), refused.detail());
      Agent.fresh(new Direct(roomy, ADDRESS)).begin(photo.at("/full.jpg"));
    }
  }

  /** None of these bytes ever comes; files of a terabyte are small on some disks. */
  @Test
  void whatOthersHaveBegunCountsAsTaken() throws Exception {
    long free = server.storage.free();
    try (Collector small = server.collector(limits(10, free / 2))) {
      Agent one = Agent.fresh(new Direct(small, ADDRESS));
      Agent other = Agent.fresh(new Direct(small, ADDRESS));
      FileOffer large = large("/large.mp4", free / 3);
      Verdict.Send begun = one.begin(large);
      assertEquals(begun, one.begin(large), "offered again, it needs nothing more");
      assertEquals(Reason.STORE_FULL, refusal(other, large));
      assertEquals(Reason.STORE_FULL, refusal(one, large("/next.mp4", free / 3)));
      other.begin(large("/small.mp4", 1_000));

      one.close();
      other.begin(large);
      one.open();
      assertEquals(Reason.STORE_FULL, refusal(one, large), "what is left of it does not fit now");
      other.close();
      assertEquals(begun.upload(), one.begin(large).upload());
    }
  }

  private static FileOffer large(String path, long size) {
    return new FileOffer(
        FilePath.of(path.getBytes(StandardCharsets.UTF_8)),
        size,
        Server.NOW,
        "video/mp4",
        Optional.empty());
  }

  private static Reason refusal(Agent agent, FileOffer file) throws Exception {
    return assertInstanceOf(Refused.class, agent.offer(file).get(0)).reason();
  }

  // ---------------------------------------------------------------- failures

  /** A server of its own, for tests that break it. */
  private interface Breaking {
    void on(Server server, Agent agent) throws Exception;
  }

  private static void alone(Path folder, Breaking test) throws Exception {
    try (Server server = new Server(folder, Server.LIMITS)) {
      test.on(server, Agent.fresh(new Direct(server.collector, ADDRESS)));
    }
  }

  private static void sql(Server server, String... statements) throws Exception {
    try (Connection database =
            DriverManager.getConnection(
                server.catalogSettings.url().replace(":file:", ":ordered:"), "acopio", "");
        Statement statement = database.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  @Test
  void failedCommitTakesTheFinalNameBack(@TempDir Path folder) throws Exception {
    alone(
        folder,
        (server, agent) -> {
          Photo photo = Photo.of(1_000, 1);
          long upload = agent.sent(photo, "/x.jpg");
          sql(server, "alter table file add constraint none check (size < 0)");
          Refused refused =
              assertInstanceOf(Refused.class, agent.finish(photo.claim(upload)).get(0));
          assertEquals(Reason.STORE_FAILED, refused.reason(), refused.detail());
          assertEquals(List.of(), server.files());
          sql(server, "alter table file drop constraint none");
          Receipt receipt = Agent.stored(agent.finish(photo.claim(upload)).get(0));
          assertEquals(ADDRESS + "/x.jpg", receipt.storedAs());
          assertEquals(List.of(receipt.storedAs()), server.files());
          assertEquals(0, server.workingFiles());
        });
  }

  @Test
  void failedCommitOfASecondNameLeavesTheFirst(@TempDir Path folder) throws Exception {
    alone(
        folder,
        (server, agent) -> {
          Photo photo = Photo.of(1_000, 1);
          Receipt first = agent.store(photo, "/x.jpg");
          sql(
              server,
              "alter table file add constraint none check (number <= " + first.file() + ")");
          Verdict.Send send = agent.begin(photo.known("/moved.jpg"));
          assertEquals(List.of(new Range(0, 1_000)), send.missing());
          assertEquals(List.of(first.storedAs()), server.files());
          agent.send(photo, send);
          assertInstanceOf(Refused.class, agent.finish(photo.claim(send.upload())).get(0));
          assertEquals(List.of(first.storedAs()), server.files());
          Photo changed = Photo.of(1_000, 2);
          agent.finish(changed.claim(send.upload()));
          agent.send(changed, send.upload(), 0, 1_000);
          assertArrayEquals(photo.bytes(), agent.read(first));
          sql(server, "alter table file drop constraint none");
          Receipt second = Agent.stored(agent.finish(changed.claim(send.upload())).get(0));
          assertArrayEquals(changed.bytes(), agent.read(second));
          assertArrayEquals(photo.bytes(), agent.read(first));
        });
  }

  @Test
  void catalogThatIsAwayMakesTheServerUnavailable(@TempDir Path folder) throws Exception {
    alone(
        folder,
        (server, agent) -> {
          Photo photo = Photo.of(1_000, 1);
          Receipt receipt = agent.store(photo, "/x.jpg");
          Photo other = Photo.of(1_000, 2);
          long upload = agent.sent(other, "/y.jpg");
          server.catalog.close();
          assertRefused(Code.UNAVAILABLE, () -> agent.offer(photo.known("/x.jpg")));
          assertRefused(Code.UNAVAILABLE, () -> agent.server.list(agent.ticket.id(), 0, 1));
          assertRefused(
              Code.UNAVAILABLE, () -> agent.server.read(agent.ticket.id(), receipt.file(), 0, 1));
          assertRefused(
              Code.UNAVAILABLE, () -> agent.server.open(agent.hello(FileCollector.PROTOCOL)));
          Completion completion = agent.finish(other.claim(upload)).get(0);
          assertTrue(
              assertInstanceOf(Refused.class, completion).reason().retryable(),
              completion::toString);
          assertEquals(List.of(receipt.storedAs()), server.files());
          agent.close();
        });
  }

  @Test
  void diskThatFailsIsToldAndCostsNothing(@TempDir Path folder) throws Exception {
    alone(
        folder,
        (server, agent) -> {
          Photo first = Photo.of(100, 1);
          Photo second = Photo.of(100, 2);
          long upload = agent.sent(first, "/x.jpg");
          Files.write(server.store().resolve(ADDRESS), new byte[1]);
          Receipt moved = Agent.stored(agent.finish(first.claim(upload)).get(0));
          assertFalse(moved.storedAs().startsWith(ADDRESS + "/"));
          assertArrayEquals(first.bytes(), agent.read(moved));
          Verdict.Send send = agent.begin(second.at("/y.jpg"));
          Files.createDirectory(
              server.store().resolve(".partial").resolve(String.format("%016x", send.upload())));
          assertTrue(agent.write(second.block(send.upload(), 0, 25)).get(0).outcome().retryable());
        });
  }

  // ---------------------------------------------------------------- restarts

  @Test
  void everythingGoesOnAfterARestart(@TempDir Path folder) throws Exception {
    Photo stored = Photo.of(1_000, 1);
    Photo half = Photo.of(1_000, 2);
    Agent[] agent = new Agent[1];
    Receipt[] receipt = new Receipt[1];
    Verdict.Send[] send = new Verdict.Send[1];
    alone(
        folder,
        (server, fresh) -> {
          agent[0] = fresh;
          receipt[0] = fresh.store(stored, "/x.jpg");
          send[0] = fresh.begin(half.at("/y.jpg"));
          fresh.send(half, send[0].upload(), 0, 600);
        });
    try (Server server = new Server(folder, Server.LIMITS)) {
      Direct line = new Direct(server.collector, ADDRESS);
      assertRefused(Code.TICKET_UNKNOWN, () -> line.close(agent[0].ticket.id()));
      Agent again = agent[0].over(line);
      assertEquals(agent[0].ticket.storeId(), again.ticket.storeId());
      assertEquals(List.of(new Verdict.Have(receipt[0])), again.offer(stored.known("/x.jpg")));
      Verdict.Send rest = again.begin(half.at("/y.jpg"));
      assertEquals(send[0].upload(), rest.upload());
      assertEquals(List.of(new Range(600, 1_000)), rest.missing());
      again.send(half, rest);
      assertArrayEquals(
          half.bytes(), again.read(Agent.stored(again.finish(half.claim(rest.upload())).get(0))));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stoppedServerGivesNoReceipt(boolean known, @TempDir Path folder) throws Exception {
    alone(
        folder,
        (server, agent) -> {
          Photo photo = Photo.of(1_000, 1);
          agent.store(photo, "/x.jpg");
          long upload = agent.sent(Photo.of(1_000, 2), "/y.jpg");
          server.collector.close();
          if (known) {
            assertRefused(Code.TICKET_UNKNOWN, () -> agent.offer(photo.known("/moved.jpg")));
          } else {
            assertRefused(
                Code.TICKET_UNKNOWN, () -> agent.finish(Photo.of(1_000, 2).claim(upload)));
          }
          assertEquals(1, server.files().size());
        });
  }

  @Test
  void closedCollectorLeavesNoThread(@TempDir Path folder) throws Exception {
    long before = commitThreads();
    alone(folder, (server, agent) -> assertEquals(before + 1, commitThreads()));
    assertEquals(before, commitThreads());
  }

  private static long commitThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("acopio-commit"))
        .count();
  }
}
