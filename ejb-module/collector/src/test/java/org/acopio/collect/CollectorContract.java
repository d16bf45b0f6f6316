package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.acopio.catalog.CatalogSettings;
import org.acopio.collect.PartProgress.State;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.BlockReply.Outcome;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Refused.Reason;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of collecting, over whatever transport and with whatever catalog. Every test has agents
 * of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CollectorContract {
  Server server;
  private FileCollector line;
  private Agent agent;
  private long seed;
  private long working;

  /** A line to the server. */
  abstract FileCollector connect() throws Exception;

  /** Where the catalog of the server in this folder is. */
  CatalogSettings catalog(Path folder) throws Exception {
    return Server.ownCatalog(folder);
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = new Server(folder, Server.LIMITS, UnaryOperator.identity(), catalog(folder));
    line = connect();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void openCollection() throws Exception {
    agent = Agent.fresh(line);
    working = server.workingFiles();
    seed = 1_000L * agent.key[0] + 1_000_000L * agent.key[1];
  }

  private Photo photo(int size) {
    return Photo.of(size, ++seed);
  }

  /** A path that no other test uses. */
  private String path(String name) {
    return "/home/rosa/" + agent.key[1] + "-" + agent.key[0] + "/" + name;
  }

  private boolean oneSpace(Receipt one, Receipt other) throws Exception {
    return Files.isSameFile(server.file(one.storedAs()), server.file(other.storedAs()));
  }

  static void assertRefused(Code code, Executable call) {
    CollectorException refused = assertThrows(CollectorException.class, call);
    assertEquals(code, refused.code(), refused.getMessage());
    assertTrue(refused.getMessage().length() > 20, refused.getMessage());
  }

  static void assertRefused(Reason reason, Object answer) {
    Refused refused = assertInstanceOf(Refused.class, answer);
    assertEquals(reason, refused.reason(), refused.detail());
    assertTrue(refused.detail().length() > 20, refused.detail());
  }

  // ----------------------------------------------------------------- progress

  @Test
  void onlookersSeePartsAndPortsOfAFileInFlight() throws Exception {
    Photo photo = photo(1_001);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    agent.send(photo, send.upload(), 0, 250);
    agent.send(photo, send.upload(), 500, 600);
    CollectionProgress open = progress();
    assertEquals("PC", open.hostName());
    assertEquals(1, open.openFiles());
    assertEquals(651, open.missingBytes());
    FileProgress file = open.files().get(0);
    assertEquals(path("x.jpg"), file.path());
    assertEquals(
        List.of(State.COMPLETE, State.WAITING, State.ARRIVING, State.WAITING),
        file.parts().stream().map(PartProgress::state).toList());
    assertEquals(
        List.of(250L, 0L, 100L, 0L), file.parts().stream().map(PartProgress::arrived).toList());
    assertTrue(file.parts().get(0).port() > 0);
    assertEquals(0, file.parts().get(1).port());
    agent.send(photo, send.upload(), 250, 500);
    agent.send(photo, send.upload(), 600, 1_001);
    Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertEquals(List.of(), progress().files());
    assertEquals(1, progress().stored());
    long number = open.number();
    agent.close();
    assertTrue(
        server.collector.progress().collections(0).stream().noneMatch(c -> c.number() == number));
  }

  /** That of this test's agent, which was opened last. */
  private CollectionProgress progress() {
    List<CollectionProgress> open = server.collector.progress().collections(10);
    return open.get(open.size() - 1);
  }

  // -------------------------------------------------------------------- open

  @Test
  void serverDescribesItself() throws Exception {
    ServerInfo info = line.describe();
    assertEquals("1.2.3", info.version());
    assertEquals(FileCollector.PROTOCOL, info.protocol());
    assertEquals(Server.NOW, info.now());
    assertEquals(agent.ticket.storeId(), info.storeId());
  }

  @Test
  void ticketNamesTheLimits() {
    assertEquals(4_096, agent.ticket.blockBytes());
    assertEquals(16_384, agent.ticket.sendBytes());
    assertEquals(10, agent.ticket.batchItems());
    assertEquals(4, agent.ticket.lanes());
    assertEquals(Server.LIMITS.idle(), agent.ticket.idle());
    assertTrue(agent.ticket.id().length() >= 32);
  }

  @Test
  void ticketsAreNeverTheSame() throws Exception {
    assertNotEquals(agent.ticket.id(), Agent.fresh(line).ticket.id());
    String before = agent.ticket.id();
    agent.open();
    assertNotEquals(before, agent.ticket.id());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -1, Integer.MAX_VALUE})
  void agentOfAnotherVersionIsRefused(int protocol) {
    assertRefused(Code.VERSION_MISMATCH, () -> line.open(agent.hello(protocol)));
  }

  @Test
  void blockedAgentIsRefusedUntilItIsLetInAgain() throws Exception {
    long number = server.catalog.agents().page(0, 1).get(0).number();
    assertTrue(server.collector.block(number, true));
    assertRefused(
        Code.TICKET_UNKNOWN, () -> line.offer(agent.ticket.id(), Batch.ofOffers(List.of())));
    assertRefused(Code.AGENT_BLOCKED, () -> agent.open());
    Agent.fresh(line);
    assertTrue(server.collector.block(number, false));
    agent.open();
    assertFalse(server.collector.block(999_999, true));
  }

  // ------------------------------------------------------------------- store

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 1_000, 49_202})
  void fileArrivesInPartsAndIsStored(int size) throws Exception {
    Photo photo = photo(size);
    Receipt receipt = agent.store(photo, path("playa.jpg"));
    assertEquals(photo.digest(), receipt.digest());
    assertEquals(size, receipt.size());
    assertEquals(1, receipt.version());
    assertEquals(Server.NOW, receipt.storedAt());
    assertEquals(agent.ticket.folder() + path("playa.jpg"), receipt.storedAs());
    assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
    assertArrayEquals(photo.bytes(), agent.read(receipt));
    assertEquals(working, server.workingFiles());
  }

  @Test
  void wholeFileIsMissingAtFirst() throws Exception {
    Photo photo = photo(100);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    assertEquals(List.of(new Range(0, 100)), send.missing());
    assertFalse(send.knownByDigest());
  }

  @Test
  void oneSendCarriesOnePartOfManyFiles() throws Exception {
    List<Photo> photos = new ArrayList<>();
    List<FileOffer> offers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      photos.add(photo(100 + i));
      offers.add(photos.get(i).at(path(i + ".jpg")));
    }
    List<Verdict> verdicts = agent.offer(offers.toArray(FileOffer[]::new));
    for (int part = 0; part < Parts.COUNT; part++) {
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        long upload = ((Verdict.Send) verdicts.get(i)).upload();
        int size = photos.get(i).size();
        blocks.add(photos.get(i).block(upload, Parts.start(part, size), Parts.end(part, size)));
      }
      assertEquals(
          Collections.nCopies(8, BlockReply.ACCEPTED), agent.write(blocks.toArray(Block[]::new)));
    }
    List<org.acopio.remote.FileDigest> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(photos.get(i).claim(((Verdict.Send) verdicts.get(i)).upload()));
    }
    List<Completion> completions =
        agent.finish(claims.toArray(org.acopio.remote.FileDigest[]::new));
    for (int i = 0; i < 8; i++) {
      assertArrayEquals(photos.get(i).bytes(), agent.read(Agent.stored(completions.get(i))));
    }
  }

  @Test
  void pathIsDataAndStaysInsideTheClientsFolder() throws Exception {
    for (String path :
        List.of("../../../etc/passwd" + seed, "C:\\" + seed, "/..//" + seed + "/.")) {
      Receipt receipt = agent.store(photo(50), path);
      Path home = server.file(agent.ticket.folder()).toRealPath();
      assertTrue(server.file(receipt.storedAs()).toRealPath().startsWith(home));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1000000000-01-01T00:00:00Z",
        "1601-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z"
      })
  void fileWithAnImpossibleTimeIsStored(Instant modified) throws Exception {
    Photo photo = photo(50);
    FileOffer offer =
        new FileOffer(FilePath.of(path("time.jpg")), 50, modified, "image/jpeg", Optional.empty());
    Verdict.Send send = agent.begin(offer);
    agent.send(photo, send);
    Receipt receipt = Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertArrayEquals(photo.bytes(), agent.read(receipt));
  }

  // ---------------------------------------------------------------- verdicts

  @Test
  void haveIsForTheAgentThatDeliveredTheContent() throws Exception {
    Photo photo = photo(1_000);
    Receipt receipt = agent.store(photo, path("x.jpg"));
    assertEquals(List.of(new Verdict.Have(receipt)), agent.offer(photo.known(path("x.jpg"))));
    agent.close();
    agent.open();
    assertEquals(List.of(new Verdict.Have(receipt)), agent.offer(photo.known(path("x.jpg"))));
  }

  @Test
  void otherAgentMustProveThatItHasTheContent() throws Exception {
    Photo photo = photo(1_000);
    agent.store(photo, path("x.jpg"));
    Agent other = Agent.fresh(line);
    Verdict.Send send = other.begin(photo.known(path("x.jpg")));
    assertEquals(List.of(new Range(0, 1_000)), send.missing());
    assertFalse(send.knownByDigest());
    assertRefused(
        Reason.UNKNOWN_UPLOAD, Agent.fresh(line).finish(photo.claim(send.upload())).get(0));
    assertInstanceOf(Completion.Incomplete.class, other.finish(photo.claim(send.upload())).get(0));
  }

  @Test
  void offerWithoutADigestSaysWhetherOneWouldHelp() throws Exception {
    Photo photo = photo(1_000);
    agent.store(photo, path("x.jpg"));
    assertTrue(agent.begin(photo.at(path("x.jpg"))).knownByDigest());
    assertFalse(agent.begin(photo(999).at(path("x.jpg"))).knownByDigest());
    assertFalse(agent.begin(photo.at(path("y.jpg"))).knownByDigest());
  }

  @Test
  void movedFileIsHadWithoutBytesAndWithoutSpace() throws Exception {
    Photo photo = photo(1_000);
    Receipt before = agent.store(photo, path("a/x.jpg"));
    Receipt after =
        assertInstanceOf(Verdict.Have.class, agent.offer(photo.known(path("b/y.jpg"))).get(0))
            .receipt();
    assertNotEquals(before.file(), after.file());
    assertEquals(agent.ticket.folder() + path("b/y.jpg"), after.storedAs());
    assertEquals(1, after.version());
    assertTrue(oneSpace(before, after));
    assertArrayEquals(photo.bytes(), agent.read(after));
    assertEquals(working, server.workingFiles());
  }

  @Test
  void fileThatWasDeletedFromTheStoreIsSentAgain() throws Exception {
    Photo photo = photo(1_000);
    Receipt lost = agent.store(photo, path("x.jpg"));
    Files.delete(server.file(lost.storedAs()));
    Verdict.Send send = agent.begin(photo.known(path("x.jpg")));
    agent.send(photo, send);
    Receipt again = Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertArrayEquals(photo.bytes(), agent.read(again));
    assertEquals(List.of(new Verdict.Have(again)), agent.offer(photo.known(path("x.jpg"))));
  }

  @Test
  void fileThatWasCutInTheStoreIsSentAgain() throws Exception {
    Photo photo = photo(1_000);
    Receipt cut = agent.store(photo, path("x.jpg"));
    Files.write(server.file(cut.storedAs()), new byte[10]);
    Verdict.Send send = agent.begin(photo.known(path("x.jpg")));
    agent.send(photo, send);
    Receipt again = Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertArrayEquals(photo.bytes(), agent.read(again));
    assertNotEquals(cut.storedAs(), again.storedAs());
  }

  @Test
  void sameFileTwiceInOneOfferIsOneUpload() throws Exception {
    Photo photo = photo(100);
    List<Verdict> verdicts =
        agent.offer(photo.at(path("x.jpg")), photo(50).at(path("y.jpg")), photo.at(path("x.jpg")));
    assertEquals(verdicts.get(0), verdicts.get(2));
    assertNotEquals(verdicts.get(0), verdicts.get(1));
  }

  @Test
  void uploadGoesOnWhereItWas() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send first = agent.begin(photo.at(path("x.jpg")));
    agent.send(photo, first.upload(), 100, 400);
    agent.close();
    agent.open();
    Verdict.Send again = agent.begin(photo.at(path("x.jpg")));
    assertEquals(first.upload(), again.upload());
    assertEquals(List.of(new Range(0, 100), new Range(400, 1_000)), again.missing());
    agent.send(photo, again);
    assertArrayEquals(
        photo.bytes(), agent.read(Agent.stored(agent.finish(photo.claim(again.upload())).get(0))));
  }

  @Test
  void versionsStandSideBySide() throws Exception {
    List<Photo> photos = List.of(photo(1_000), photo(1_000), photo(1_001));
    List<Receipt> receipts = new ArrayList<>();
    for (Photo photo : photos) {
      receipts.add(agent.store(photo, path("x.jpg")));
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, receipts.get(i).version());
      assertArrayEquals(photos.get(i).bytes(), agent.read(receipts.get(i)));
    }
    assertEquals(
        List.of(new Verdict.Have(receipts.get(2))),
        agent.offer(photos.get(2).known(path("x.jpg"))));
  }

  @Test
  void samePathOfTwoAgentsIsTwoFiles() throws Exception {
    Agent other = Agent.fresh(line);
    Photo mine = photo(1_000);
    Photo theirs = photo(1_000);
    String path = path("DCIM/0001.jpg");
    Receipt one = agent.store(mine, path);
    Receipt two = other.store(theirs, path);
    assertEquals(1, one.version());
    assertEquals(1, two.version());
    assertNotEquals(one.storedAs(), two.storedAs());
    assertArrayEquals(mine.bytes(), agent.read(one));
    assertArrayEquals(theirs.bytes(), other.read(two));
    assertEquals(List.of(new Verdict.Have(one)), agent.offer(mine.known(path)));
    assertEquals(List.of(new Verdict.Have(two)), other.offer(theirs.known(path)));
  }

  @Test
  void sameContentOfTwoAgentsIsStoredOnce() throws Exception {
    Agent other = Agent.fresh(line);
    Photo photo = photo(1_000);
    Receipt one = agent.store(photo, path("x.jpg"));
    Receipt two = other.store(photo, path("copy.jpg"));
    assertTrue(oneSpace(one, two));
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void contentThatIsNoMediaIsRefusedWhateverItsName() throws Exception {
    for (Photo decoy :
        List.of(
            Photo.text("querido diario"),
            Photo.text("#!/bin/sh\nrm -rf /\n"),
            Photo.text("MZ\u0090\u0000\u0003\u0000\u0000\u0000"),
            Photo.text("<html><body>hola</body></html>"))) {
      long upload = agent.sent(decoy, path("foto.jpg"));
      assertRefused(Reason.NOT_MEDIA, agent.finish(decoy.claim(upload)).get(0));
      assertRefused(Reason.UNKNOWN_UPLOAD, agent.finish(decoy.claim(upload)).get(0));
    }
    assertEquals(4, agent.close().refused());
    assertEquals(working, server.workingFiles());
  }

  @Test
  void contentIsLookedAtBeforeTheName() throws Exception {
    for (Photo media :
        List.of(
            Photo.text("%PDF-1.7\n%âãÏÓ"),
            Photo.text("GIF89a" + seed),
            Photo.text("RIFF    WAVEfmt " + seed),
            Photo.text("fLaC\u0000" + seed),
            photo(100))) {
      agent.store(media, path(++seed + ".txt"));
    }
  }

  @Test
  void fileAboveTheLimitIsRefused() throws Exception {
    Photo photo = photo((1 << 20) + 1);
    assertRefused(Reason.TOO_LARGE, agent.offer(photo.at(path("x.jpg"))).get(0));
    assertInstanceOf(Verdict.Send.class, agent.offer(photo(1 << 20).at(path("x.jpg"))).get(0));
  }

  @Test
  void agentFinishesSomeFilesBeforeItBeginsMore() throws Exception {
    List<Photo> photos = new ArrayList<>();
    List<FileOffer> offers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      photos.add(photo(100));
      offers.add(photos.get(i).at(path(i + ".jpg")));
    }
    List<Verdict> verdicts = agent.offer(offers.toArray(FileOffer[]::new));
    for (int i = 0; i < 8; i++) {
      assertInstanceOf(Verdict.Send.class, verdicts.get(i));
    }
    assertRefused(Reason.TOO_MANY_OPEN, verdicts.get(8));
    assertRefused(Reason.TOO_MANY_OPEN, verdicts.get(9));
    assertInstanceOf(Verdict.Send.class, agent.offer(offers.get(0)).get(0));
    agent.send(photos.get(0), (Verdict.Send) verdicts.get(0));
    agent.finish(photos.get(0).claim(((Verdict.Send) verdicts.get(0)).upload()));
    List<Verdict> more = agent.offer(offers.get(8), offers.get(9));
    assertInstanceOf(Verdict.Send.class, more.get(0));
    assertRefused(Reason.TOO_MANY_OPEN, more.get(1));
  }

  @Test
  void batchAboveTheLimitIsRefusedAsAWhole() throws Exception {
    Photo photo = photo(100);
    long upload = agent.sent(photo, path("x.jpg"));
    String ticket = agent.ticket.id();
    assertRefused(
        Code.TOO_MUCH,
        () -> line.offer(ticket, Batch.ofOffers(Collections.nCopies(11, photo.at("/y")))));
    assertRefused(
        Code.TOO_MUCH,
        () ->
            line.write(ticket, Batch.ofBlocks(Collections.nCopies(11, photo.block(upload, 0, 1)))));
    assertRefused(
        Code.TOO_MUCH,
        () -> line.finish(ticket, Batch.ofDigests(Collections.nCopies(11, photo.claim(upload)))));
    assertRefused(Code.TOO_MUCH, () -> line.list(ticket, 0, 11));
  }

  @Test
  void sendAboveTheLimitIsRefusedAsAWhole() throws Exception {
    Photo photo = photo(40_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    Block[] blocks = new Block[5];
    for (int i = 0; i < 5; i++) {
      blocks[i] = photo.block(send.upload(), i * 4_000L % 8_000, i * 4_000L % 8_000 + 4_000);
    }
    assertRefused(Code.TOO_MUCH, () -> agent.write(blocks));
    assertEquals(send.missing(), agent.begin(photo.at(path("x.jpg"))).missing());
  }

  @Test
  void twoPartsOfOneFileInOneSendAreRefused() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    assertRefused(
        Code.BAD_REQUEST,
        () -> agent.write(photo.block(send.upload(), 0, 10), photo.block(send.upload(), 300, 310)));
    assertEquals(send.missing(), agent.begin(photo.at(path("x.jpg"))).missing());
    assertEquals(
        List.of(BlockReply.ACCEPTED, BlockReply.ACCEPTED),
        agent.write(photo.block(send.upload(), 0, 10), photo.block(send.upload(), 20, 30)));
  }

  @Test
  void blockOutsideItsPartIsRefusedWithItsValues() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    ByteBuffer ten = ByteBuffer.allocate(10);
    assertOutside(Block.of(send.upload(), 4, 0, ten), "4");
    assertOutside(Block.of(send.upload(), -1, 0, ten), "-1");
    assertOutside(Block.of(send.upload(), 1, -1, ten), "-1");
    assertOutside(Block.of(send.upload(), 1, 241, ten), "241", "250");
    assertOutside(Block.of(send.upload(), 1, Long.MAX_VALUE, ten), "" + Long.MAX_VALUE);
    assertOutside(Block.of(send.upload(), 1, Long.MIN_VALUE, ten), "" + Long.MIN_VALUE);
    assertOutside(Block.of(send.upload(), 1, 0, ByteBuffer.allocate(0)), "0");
    assertOutside(Block.of(send.upload(), 1, 0, ByteBuffer.allocate(4_097)), "4097", "4096");
    assertEquals(send.missing(), agent.begin(photo.at(path("x.jpg"))).missing());
  }

  private void assertOutside(Block block, String... values) throws Exception {
    BlockReply reply = agent.write(block).get(0);
    assertEquals(Outcome.OUTSIDE, reply.outcome());
    for (String value : values) {
      assertTrue(reply.detail().contains(value), reply.detail());
    }
  }

  @Test
  void corruptBlockLeavesNothingBehind() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    Block good = photo.block(send.upload(), 0, 10);
    Block bad = new Block(send.upload(), 0, 0, good.crc32c() + 1, good.bytes());
    BlockReply reply = agent.write(bad).get(0);
    assertEquals(Outcome.CORRUPT, reply.outcome());
    assertTrue(reply.outcome().retryable());
    assertEquals(send.missing(), agent.begin(photo.at(path("x.jpg"))).missing());
  }

  @Test
  void oneBadBlockDoesNotHarmTheOthers() throws Exception {
    Photo one = photo(100);
    Photo two = photo(100);
    Verdict.Send first = agent.begin(one.at(path("1.jpg")));
    Verdict.Send second = agent.begin(two.at(path("2.jpg")));
    List<BlockReply> replies =
        agent.write(
            one.block(first.upload(), 0, 10),
            Block.of(12_345, 0, 0, ByteBuffer.allocate(3)),
            two.block(second.upload(), 0, 25));
    assertEquals(
        List.of(Outcome.ACCEPTED, Outcome.UNKNOWN_UPLOAD, Outcome.ACCEPTED),
        replies.stream().map(BlockReply::outcome).toList());
    assertEquals(List.of(new Range(10, 100)), agent.begin(one.at(path("1.jpg"))).missing());
    assertEquals(List.of(new Range(25, 100)), agent.begin(two.at(path("2.jpg"))).missing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "forged", "00000000000000000000000000000000"})
  void forgedTicketOpensNothing(String ticket) {
    assertRefused(Code.TICKET_UNKNOWN, () -> line.offer(ticket, Batch.ofOffers(List.of())));
    assertRefused(Code.TICKET_UNKNOWN, () -> line.write(ticket, Batch.ofBlocks(List.of())));
    assertRefused(Code.TICKET_UNKNOWN, () -> line.finish(ticket, Batch.ofDigests(List.of())));
    assertRefused(Code.TICKET_UNKNOWN, () -> line.list(ticket, 0, 1));
    assertRefused(Code.TICKET_UNKNOWN, () -> line.read(ticket, 1, 0, 1));
    assertRefused(Code.TICKET_UNKNOWN, () -> line.close(ticket));
  }

  @Test
  void uploadOfAnotherAgentIsUnknown() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    Agent thief = Agent.fresh(line);
    assertEquals(
        Outcome.UNKNOWN_UPLOAD, thief.write(photo.block(send.upload(), 0, 10)).get(0).outcome());
    agent.send(photo, send);
    assertRefused(Reason.UNKNOWN_UPLOAD, thief.finish(photo.claim(send.upload())).get(0));
    Receipt receipt = Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
    assertRefused(Reason.UNKNOWN_UPLOAD, thief.finish(photo.claim(send.upload())).get(0));
    assertRefused(Code.NO_SUCH_FILE, () -> line.read(thief.ticket.id(), receipt.file(), 0, 10));
    assertEquals(List.of(), line.list(thief.ticket.id(), 0, 10).items());
  }

  // -------------------------------------------------------- finish and repeat

  /** How a caller could lie about one file; what it is told, and that nothing is stored by it. */
  static Stream<Arguments> lies() {
    return Stream.of(
        lie("a part before the first", (a, p, u) -> a.write(block(u, -1, 0, 10)), Outcome.OUTSIDE),
        lie("a part behind the last", (a, p, u) -> a.write(block(u, 4, 0, 10)), Outcome.OUTSIDE),
        lie("part 127", (a, p, u) -> a.write(block(u, 127, 0, 10)), Outcome.OUTSIDE),
        lie("part -128", (a, p, u) -> a.write(block(u, -128, 0, 10)), Outcome.OUTSIDE),
        lie("a file that grows", (a, p, u) -> a.write(block(u, 3, 250, 10)), Outcome.OUTSIDE),
        lie(
            "a block over the edge of its part",
            (a, p, u) -> a.write(block(u, 0, 245, 10)),
            Outcome.OUTSIDE),
        lie(
            "the offset 2^31, which is no part's here",
            (a, p, u) -> a.write(block(u, 0, 1L << 31, 10)),
            Outcome.OUTSIDE),
        lie(
            "an offset that overflows",
            (a, p, u) -> a.write(block(u, 3, Long.MAX_VALUE - 5, 10)),
            Outcome.OUTSIDE),
        lie(
            "an upload of nobody",
            (a, p, u) -> a.write(block(Long.MAX_VALUE, 0, 0, 10)),
            Outcome.UNKNOWN_UPLOAD),
        lie("upload 0", (a, p, u) -> a.write(block(0, 0, 0, 10)), Outcome.UNKNOWN_UPLOAD),
        lie("upload -1", (a, p, u) -> a.write(block(-1, 0, 0, 10)), Outcome.UNKNOWN_UPLOAD),
        lie(
            "a checksum of other bytes",
            (a, p, u) -> a.write(new Block(u, 0, 0, 77, ByteBuffer.allocate(10))),
            Outcome.CORRUPT),
        lie(
            "finished before it came",
            (a, p, u) -> a.finish(p.claim(u)),
            Completion.Incomplete.class),
        lie("the end of an upload of nobody", (a, p, u) -> a.finish(p.claim(-1)), Refused.class),
        lie(
            "a digest of other bytes",
            (a, p, u) -> {
              a.send(p, u, 0, p.size());
              return a.finish(p.withFlipped(500).claim(u));
            },
            Completion.Changed.class),
        lie(
            "a digest of other bytes with true checksums",
            (a, p, u) -> {
              a.send(p, u, 0, p.size());
              return a.finish(
                  new FileDigest(u, p.withFlipped(3).digest(), p.claim(u).partChecksums()));
            },
            Completion.Changed.class),
        lie(
            "a file that is shorter than was said",
            (a, p, u) -> {
              a.send(p, u, 0, p.size() - 1);
              return a.finish(p.claim(u));
            },
            Completion.Incomplete.class));
  }

  private interface Lie {
    List<?> told(Agent agent, Photo photo, long upload) throws Exception;
  }

  private static Arguments lie(String what, Lie lie, Object answer) {
    return Arguments.of(what, lie, answer);
  }

  private static Block block(long upload, int part, long offset, int length) {
    return Block.of(upload, part, offset, ByteBuffer.allocate(length));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void nothingIsStoredByALieAndTheTruthIsStillTaken(String what, Lie lie, Object expected)
      throws Exception {
    List<String> before = server.files();
    Photo photo = photo(1_000);
    FileOffer offer = photo.at(path("x.jpg"));
    Object answer = lie.told(agent, photo, agent.begin(offer).upload()).get(0);
    if (answer instanceof BlockReply reply) {
      assertEquals(expected, reply.outcome(), reply.detail());
      assertTrue(reply.detail().length() > 20, reply.detail());
    } else {
      assertInstanceOf((Class<?>) expected, answer);
    }
    assertEquals(before, server.files());
    Verdict.Send again = agent.begin(offer);
    agent.send(photo, again);
    Receipt receipt = Agent.stored(agent.finish(photo.claim(again.upload())).get(0));
    assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
  }

  @Test
  void whatComesAfterTheReceiptChangesNothing() throws Exception {
    Photo photo = photo(1_000);
    long upload = agent.sent(photo, path("x.jpg"));
    Receipt receipt = Agent.stored(agent.finish(photo.claim(upload)).get(0));
    List<String> files = server.files();
    agent.write(photo.withFlipped(5).block(upload, 0, 10));
    agent.write(block(upload, 4, 0, 10));
    agent.finish(photo.withFlipped(5).claim(upload));
    assertEquals(receipt, Agent.stored(agent.finish(photo.claim(upload)).get(0)));
    assertEquals(files, server.files());
    assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
  }

  @Test
  void bytesThatCameFirstStayUnderOverlappingBlocks() throws Exception {
    Photo photo = photo(1_000);
    Photo other = photo.withFlipped(60);
    long upload = agent.begin(photo.at(path("x.jpg"))).upload();
    agent.write(photo.block(upload, 50, 100));
    agent.write(other.block(upload, 0, 75));
    agent.write(other.block(upload, 25, 250));
    agent.send(photo, upload, 250, 1_000);
    Receipt receipt = Agent.stored(agent.finish(photo.claim(upload)).get(0));
    assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
  }

  @Test
  void finishNamesWhatIsMissing() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    agent.send(photo, send.upload(), 250, 600);
    assertEquals(
        List.of(new Completion.Incomplete(List.of(new Range(0, 250), new Range(600, 1_000)))),
        agent.finish(photo.claim(send.upload())));
  }

  @Test
  void fileThatChangedIsNamedByItsPart() throws Exception {
    Photo before = photo(1_000);
    Photo now = before.withFlipped(600);
    long upload = agent.sent(before, path("x.jpg"));
    assertEquals(List.of(new Completion.Changed(Set.of(2))), agent.finish(now.claim(upload)));
    agent.send(now, upload, 500, 750);
    Receipt receipt = Agent.stored(agent.finish(now.claim(upload)).get(0));
    assertEquals(now.digest(), receipt.digest());
    assertArrayEquals(now.bytes(), agent.read(receipt));
  }

  @Test
  void repeatsGetTheSameAnswers() throws Exception {
    Photo photo = photo(1_000);
    Verdict.Send send = agent.begin(photo.at(path("x.jpg")));
    for (int i = 0; i < 3; i++) {
      agent.send(photo, send);
    }
    Completion completion = agent.finish(photo.claim(send.upload())).get(0);
    for (int i = 0; i < 3; i++) {
      agent.send(photo, send);
      assertEquals(completion, agent.finish(photo.claim(send.upload())).get(0));
    }
    assertEquals(1, line.list(agent.ticket.id(), 0, 10).size());
    CollectionSummary summary = agent.close();
    assertEquals(1, summary.stored());
    assertEquals(1_000, summary.storedBytes());
  }

  @Test
  void sameUploadTwiceInOneFinishHasOneReceipt() throws Exception {
    Photo photo = photo(1_000);
    long upload = agent.sent(photo, path("x.jpg"));
    List<Completion> completions =
        agent.finish(photo.claim(upload), photo.claim(upload), photo.claim(upload));
    assertEquals(Collections.nCopies(3, completions.get(0)), completions);
    Agent.stored(completions.get(0));
    assertEquals(1, line.list(agent.ticket.id(), 0, 10).size());
  }

  @Test
  void equalContentsInOneFinishAreStoredOnce() throws Exception {
    Photo photo = photo(1_000);
    long one = agent.sent(photo, path("1.jpg"));
    long two = agent.sent(photo, path("2.jpg"));
    long three = agent.sent(photo, path("3.jpg"));
    List<Completion> completions =
        agent.finish(photo.claim(one), photo.claim(two), photo.claim(three));
    Receipt first = Agent.stored(completions.get(0));
    assertTrue(oneSpace(first, Agent.stored(completions.get(1))));
    assertTrue(oneSpace(first, Agent.stored(completions.get(2))));
  }

  @Test
  void equalContentsOfManyAgentsAtOnceAreStoredOnce() throws Exception {
    Photo photo = photo(5_000);
    List<Callable<Receipt>> finishes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Agent other = Agent.fresh(line);
      long upload = other.sent(photo, path("equal.jpg"));
      finishes.add(() -> Agent.stored(other.finish(photo.claim(upload)).get(0)));
    }
    List<Receipt> receipts = atOnce(finishes);
    Set<String> names = new HashSet<>();
    for (Receipt receipt : receipts) {
      assertTrue(names.add(receipt.storedAs()));
      assertTrue(oneSpace(receipts.get(0), receipt));
      assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
    }
    assertEquals(working, server.workingFiles());
  }

  @Test
  void oneUploadFinishedManyTimesAtOnceHasOneReceipt() throws Exception {
    for (int round = 0; round < 5; round++) {
      Photo photo = photo(5_000);
      long upload = agent.sent(photo, path(round + ".jpg"));
      List<Callable<Completion>> finishes =
          Collections.nCopies(4, () -> agent.finish(photo.claim(upload)).get(0));
      Set<Completion> completions = new HashSet<>(atOnce(finishes));
      assertEquals(1, completions.size(), completions::toString);
      assertArrayEquals(photo.bytes(), agent.read(Agent.stored(completions.iterator().next())));
    }
    assertEquals(5, agent.close().stored());
    assertEquals(working, server.workingFiles());
  }

  @Test
  void receiptsAreForIdenticalBytesWhoeverFinishesWithWhat() throws Exception {
    Photo one = photo(5_000);
    Photo other = one.withFlipped(2_000);
    for (int round = 0; round < 5; round++) {
      String path = path("contested" + round + ".jpg");
      long upload = agent.sent(one, path);
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(() -> agent.finish(one.claim(upload)).get(0));
        calls.add(() -> agent.finish(other.claim(upload)).get(0));
        calls.add(() -> agent.write(other.block(upload, 1_900, 2_100)));
      }
      atOnce(calls);
    }
    for (StoredFile file : line.list(agent.ticket.id(), 0, 10).items()) {
      byte[] bytes = Files.readAllBytes(server.file(file.receipt().storedAs()));
      assertEquals(file.receipt().digest(), Sha256.of(Sha256.start().digest(bytes)));
    }
  }

  private static <T> List<T> atOnce(List<? extends Callable<? extends T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<? extends T> call : calls) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return call.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      results.add(one.get());
    }
    threads.shutdown();
    return results;
  }

  // ------------------------------------------------------- close, list, read

  @Test
  void summaryCountsWhatHappened() throws Exception {
    Photo photo = photo(1_000);
    agent.store(photo, path("x.jpg"));
    agent.offer(photo.known(path("x.jpg")), photo.known(path("moved.jpg")));
    Photo text = Photo.text("no es una foto");
    agent.finish(text.claim(agent.sent(text, path("x.txt"))));
    agent.begin(photo(500).at(path("later.jpg")));
    CollectionSummary summary = agent.close();
    assertEquals(1, summary.stored());
    assertEquals(1_000, summary.storedBytes());
    assertEquals(2, summary.had());
    assertEquals(1, summary.refused());
    assertEquals(1_000 + text.size(), summary.receivedBytes());
    assertEquals(1, summary.open());
  }

  @Test
  void closedTicketIsUnknown() throws Exception {
    agent.close();
    assertRefused(Code.TICKET_UNKNOWN, () -> agent.close());
    assertRefused(Code.TICKET_UNKNOWN, () -> agent.offer());
  }

  @Test
  void emptyBatchesHaveEmptyAnswers() throws Exception {
    assertEquals(List.of(), agent.offer());
    assertEquals(List.of(), agent.write());
    assertEquals(List.of(), agent.finish());
  }

  @Test
  void listComesInPagesByAscendingNumber() throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      receipts.add(agent.store(photo(100 + i), path(i + ".jpg")));
    }
    List<StoredFile> listed = new ArrayList<>();
    long after = 0;
    List<StoredFile> page;
    do {
      page = line.list(agent.ticket.id(), after, 3).items();
      listed.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).receipt().file();
    } while (!page.isEmpty());
    assertEquals(receipts, listed.stream().map(StoredFile::receipt).toList());
    assertEquals(FilePath.of(path("0.jpg")), listed.get(0).path());
    assertEquals(Photo.TAKEN, listed.get(0).modified());
    assertEquals("image/jpeg", listed.get(0).mediaType());
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertTrue(line.list(agent.ticket.id(), 0, limit).size() <= 1);
    }
    assertEquals(List.of(), line.list(agent.ticket.id(), Long.MAX_VALUE, 3).items());
  }

  @Test
  void fileIsReadInPiecesOfAtMostOneBlock() throws Exception {
    Photo photo = photo(10_000);
    Receipt receipt = agent.store(photo, path("x.jpg"));
    String ticket = agent.ticket.id();
    assertArrayEquals(photo.bytes(), agent.read(receipt));
    assertEquals(0, line.read(ticket, receipt.file(), 10_000, 100).length);
    assertEquals(0, line.read(ticket, receipt.file(), Long.MAX_VALUE, 100).length);
    assertEquals(1, line.read(ticket, receipt.file(), 9_999, 100).length);
    for (int length : new int[] {0, -1, 4_097, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertRefused(Code.TOO_MUCH, () -> line.read(ticket, receipt.file(), 0, length));
    }
    assertRefused(Code.TOO_MUCH, () -> line.read(ticket, receipt.file(), -1, 10));
    assertRefused(Code.NO_SUCH_FILE, () -> line.read(ticket, Long.MAX_VALUE, 0, 10));
    assertRefused(Code.NO_SUCH_FILE, () -> line.read(ticket, -1, 0, 10));
  }

  @Test
  void fileThatIsGoneFromTheStoreCannotBeRead() throws Exception {
    Receipt receipt = agent.store(photo(100), path("x.jpg"));
    Files.delete(server.file(receipt.storedAs()));
    assertRefused(Code.UNAVAILABLE, () -> line.read(agent.ticket.id(), receipt.file(), 0, 10));
  }
}
