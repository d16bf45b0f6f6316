package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FakeCollector.Limits;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Completion;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Parts;
import org.acopio.remote.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server may answer, and what files may do meanwhile. */
@Timeout(60)
class SenderAnswersTest extends SenderFixture {
  private static final Limits LIMITS = new Limits(16 << 10, 64 << 10, 50, 8, 1000);

  /** Below and above what travels in one wave. */
  private static final int SMALL = 40_001;

  private static final int LARGE = 1_500_001;

  private final FakeCollector collector = collector(LIMITS);

  private MediaFile known(int size) throws IOException {
    byte[] content = random(size, size);
    return knowing(file("known" + size, content), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void onlyMissingBytesAreSent(int size) throws Exception {
    byte[] content = random(size, 5);
    MediaFile file = file("begun", content);
    FileOffer offer = new Work(file).offer();
    collector.begin(offer, content, 100, size / 3);
    collector.begin(offer, content, size / 2, size - 1);
    SendSummary summary = send(serve(collector), List.of(file));
    assertStored(collector, List.of(file));
    assertEquals(100 + size / 2 - size / 3 + 1, summary.sentBytes());
    assertEquals(0, collector.repeatedBytes.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, SMALL, LARGE})
  void whatOnlyLacksItsDigestIsReadAndNotSent(int size) throws Exception {
    byte[] content = random(size, 5);
    MediaFile file = file("whole", content);
    collector.begin(new Work(file).offer(), content, 0, size);
    assertEquals(0, send(serve(collector), List.of(file)).sentBytes());
    assertStored(collector, List.of(file));
  }

  @Test
  void aFileWithAKnownDigestIsNotEvenOpenedAgain() throws Exception {
    List<MediaFile> files = List.of(known(SMALL), known(LARGE));
    FakeServer server = serve(collector);
    send(server, files);
    Recorder second = new Recorder();
    try (Sender sender = new Sender(server.address(), options(), second)) {
      SendSummary summary = sender.send(files);
      assertEquals(2, summary.have());
      assertEquals(0, summary.sentBytes());
    }
    assertTrue(second.digests.isEmpty());
    assertTrue(second.started.isEmpty());
  }

  @Test
  void aFileThatTheServerMayHaveIsHashedAndNotSent() throws Exception {
    List<MediaFile> files = List.of(file("a", SMALL, 1), file("b", LARGE, 2));
    FakeServer server = serve(collector);
    send(server, files);
    int writes = collector.writes.get();
    Recorder second = new Recorder();
    try (Sender sender = new Sender(server.address(), options(), second)) {
      assertEquals(2, sender.send(files).have());
    }
    assertEquals(writes, collector.writes.get());
    assertEquals(2, second.digests.size());
  }

  @Test
  void otherContentOfTheSameSizeIsHashedAndThenSent() throws Exception {
    List<MediaFile> files = List.of(file("a", SMALL, 1), file("b", LARGE, 2));
    FakeServer server = serve(collector);
    send(server, files);
    heard.results.clear();
    heard.started.clear();
    List<MediaFile> others = List.of(file("a", SMALL, 3), file("b", LARGE, 4));
    assertEquals(2, send(server, others).stored());
    assertStored(collector, others);
    assertEquals(2, collector.versions(wire(others.get(0))));
    assertEquals(2, result(others.get(0)).version());
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void blocksThatWereDamagedOnTheWayAreSentAgain(int size) throws Exception {
    AtomicInteger blocks = new AtomicInteger();
    collector.faults.reply =
        block ->
            blocks.incrementAndGet() % 3 == 1
                ? Optional.of(new BlockReply(BlockReply.Outcome.CORRUPT, "again"))
                : Optional.empty();
    List<MediaFile> files = List.of(file("a", size, 1));
    assertTrue(send(serve(collector), files).complete());
    assertStored(collector, files);
    assertEquals(0, collector.repeatedBytes.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void aDamagedPartIsReadAndSentAgain(int size) throws Exception {
    Set<FileOffer> once = ConcurrentHashMap.newKeySet();
    collector.faults.completion =
        offer -> {
          if (!once.add(offer)) {
            return Optional.empty();
          }
          collector.lose(offer.path(), 2);
          return Optional.of(new Completion.Corrupt(Set.of(2)));
        };
    List<MediaFile> files = List.of(file("a", size, 1));
    SendSummary summary = send(serve(collector), files);
    assertStored(collector, files);
    assertEquals(size + Parts.length(2, size), summary.sentBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void lostBytesAreSentBeforeTheFileIsFinishedAgain(int size) throws Exception {
    Set<FileOffer> once = ConcurrentHashMap.newKeySet();
    collector.faults.completion =
        offer -> {
          if (once.add(offer)) {
            collector.lose(offer.path(), 1);
          }
          return Optional.empty();
        };
    List<MediaFile> files = List.of(file("a", size, 1));
    assertTrue(send(serve(collector), files).complete());
    assertStored(collector, files);
    assertEquals(0, collector.repeatedBytes.get());
  }

  @Test
  void contentThatDiffersEachTimeIsReportedAsChanged() throws Exception {
    collector.faults.completion = offer -> Optional.of(new Completion.Changed(Set.of(0, 3)));
    MediaFile file = file("a", SMALL, 1);
    SendSummary summary = send(serve(collector), List.of(file));
    assertEquals(1, summary.changed());
    assertEquals(1 + Work.TRIES, collector.finishes.get());
    assertEquals(FileTrouble.Code.CONTENT_CHANGED, trouble(file).code());
    assertEquals(1 + Work.TRIES, trouble(file).tries());
  }

  @Test
  void aFullStoreIsTriedAgainUntilItHasRoom() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    collector.faults.reply =
        block ->
            refusals.incrementAndGet() <= 3
                ? Optional.of(new BlockReply(BlockReply.Outcome.STORE_FULL, "no room"))
                : Optional.empty();
    List<MediaFile> files = List.of(file("a", SMALL, 1), file("b", LARGE, 2));
    assertTrue(send(serve(collector), files).complete());
    assertStored(collector, files);
  }

  @Test
  void aStoreThatStaysFullFailsFilesWithTheServersWords() throws Exception {
    collector.faults.reply =
        block -> Optional.of(new BlockReply(BlockReply.Outcome.STORE_FULL, "no room: 3 bytes"));
    collector.faults.verdict =
        offer ->
            offer.size() == 77
                ? Optional.of(new Refused(Refused.Reason.STORE_FULL, "no room: 77 bytes"))
                : Optional.empty();
    List<MediaFile> files =
        List.of(file("a", SMALL, 1), file("b", LARGE, 2), file("c", 77, 3), file("d", 0, 4));
    SendSummary summary = send(serve(collector), files);
    assertEquals(3, summary.failed());
    assertEquals(1, summary.stored());
    for (MediaFile file : files.subList(0, 3)) {
      assertEquals(FileTrouble.Code.STORE_FULL, trouble(file).code());
      assertEquals(file.stamp().size(), trouble(file).size());
    }
    assertEquals("no room: 3 bytes", trouble(files.get(0)).detail());
    assertEquals("no room: 77 bytes", trouble(files.get(2)).detail());
  }

  @Test
  void aFileThatIsNotTakenDoesNotStopTheOthers() throws Exception {
    collector.faults.verdict =
        offer ->
            offer.size() == 10
                ? Optional.of(new Refused(Refused.Reason.NOT_MEDIA, "text/plain is not collected"))
                : Optional.empty();
    collector.faults.completion =
        offer ->
            offer.size() == 11
                ? Optional.of(new Refused(Refused.Reason.TOO_LARGE, "11 is too large"))
                : Optional.empty();
    List<MediaFile> files = List.of(file("a", 10, 1), file("b", 11, 2), file("c", 12, 3));
    SendSummary summary = send(serve(collector), files);
    assertEquals(2, summary.refused());
    assertEquals(FileTrouble.Code.NOT_MEDIA, trouble(files.get(0)).code());
    assertEquals("text/plain is not collected", trouble(files.get(0)).detail());
    assertEquals(FileTrouble.Code.TOO_LARGE, trouble(files.get(1)).code());
    assertEquals(FileResult.Outcome.REFUSED, outcome(files.get(1)));
    assertEquals(FileResult.Outcome.STORED, outcome(files.get(2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void aFileThatChangedSinceItWasFoundArrivesAsItIsNow(int size) throws Exception {
    MediaFile file = file("a", size, 1);
    Files.write(file.path(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    assertTrue(send(serve(collector), List.of(file)).complete());
    assertEquals(size + 3, result(file).file().stamp().size());
    assertEquals(FileStamp.of(file.path()), heard.stamps.get(file.path()));
    assertArrayEquals(Files.readAllBytes(file.path()), collector.content(wire(file)).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {SMALL, LARGE})
  void aFileThatNeverHoldsStillIsReportedAndTheRunGoesOn(int size) throws Exception {
    MediaFile file = file("a", size, 1);
    MediaFile other = file("b", 5, 2);
    collector.faults.onOffer =
        () -> {
          try {
            Files.write(file.path(), new byte[] {1}, StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    SendSummary summary = send(serve(collector), List.of(file, other));
    assertEquals(1, summary.changed());
    assertEquals(FileResult.Outcome.CHANGED, outcome(file));
    assertEquals(FileResult.Outcome.STORED, outcome(other));
    assertTrue(collector.content(wire(file)).isEmpty());
  }

  @Test
  void aFileWhoseTimeWasSetBackIsStillFoundChanged() throws Exception {
    MediaFile file = file("a", SMALL, 1);
    Files.write(file.path(), random(SMALL, 2));
    Files.setLastModifiedTime(
        file.path(), java.nio.file.attribute.FileTime.from(file.stamp().modified()));
    assertTrue(send(serve(collector), List.of(file)).complete());
    assertTrue(result(file).file().stamp().changed().isAfter(Instant.EPOCH));
    assertArrayEquals(Files.readAllBytes(file.path()), collector.content(wire(file)).orElseThrow());
  }

  @Test
  void whatCannotBeReadIsReportedAndTheRunGoesOn() throws Exception {
    MediaFile gone = file("gone", SMALL, 1);
    MediaFile goneLarge = file("goneLarge", LARGE, 1);
    MediaFile link = file("link", SMALL, 2);
    MediaFile directory = file("directory", SMALL, 3);
    MediaFile fine = file("fine", SMALL, 4);
    Files.delete(gone.path());
    Files.delete(goneLarge.path());
    Files.delete(link.path());
    Files.createSymbolicLink(link.path(), fine.path());
    Files.delete(directory.path());
    Files.createDirectory(directory.path());
    SendSummary summary = send(serve(collector), List.of(gone, goneLarge, link, directory, fine));
    assertEquals(4, summary.unreadable());
    assertEquals(FileTrouble.Code.GONE, trouble(gone).code());
    assertEquals(FileTrouble.Code.NOT_REGULAR, trouble(link).code());
    assertEquals(FileTrouble.Code.NOT_REGULAR, trouble(directory).code());
    assertEquals(FileResult.Outcome.STORED, outcome(fine));
  }

  @Test
  void aPipeInTheFilesPlaceDoesNotBlockTheRun() throws Exception {
    MediaFile file = file("pipe", SMALL, 1);
    Files.delete(file.path());
    Process mkfifo = new ProcessBuilder("mkfifo", file.path().toString()).start();
    assertEquals(0, mkfifo.waitFor());
    assertEquals(1, send(serve(collector), List.of(file)).unreadable());
  }

  @Test
  void aPathThatCannotBeOfferedIsRefusedHere() throws Exception {
    MediaFile file = file("a", 5, 1);
    MediaFile endless =
        new MediaFile(
            file.root(),
            file.path(),
            new byte[40_000],
            file.stamp(),
            file.mediaType(),
            file.kind(),
            Optional.empty());
    SendSummary summary = send(serve(collector), List.of(endless));
    assertEquals(1, summary.refused());
    assertEquals(FileTrouble.Code.BAD_PATH, trouble(file).code());
  }

  @Test
  void noFilesNeedNoServer() throws Exception {
    try (Sender sender = new Sender(new ServerAddress("127.0.0.1", 1), options(), heard)) {
      assertEquals(0, sender.send(List.of()).files());
    }
  }

  @Test
  void aSparseFileOf600MebibytesNeedsLittleMemory() throws Exception {
    FakeCollector hashing =
        new FakeCollector(Limits.USUAL, (path, size) -> FakeContent.hashed(size));
    Path path = folder.resolve("sparse");
    try (var sparse = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(600L << 20);
      sparse.seek(300L << 20);
      sparse.write(random(1_000_000, 9));
    }
    SendSummary summary = send(serve(hashing), List.of(found(path)));
    assertEquals(1, summary.stored());
    assertEquals(600L << 20, summary.sentBytes());
    assertEquals(List.of(), List.copyOf(hashing.violations));
  }

  @Test
  void thousandsOfTinyFilesStayWithinTheWindow() throws Exception {
    FakeCollector many = collector(Limits.USUAL);
    List<MediaFile> files = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      files.add(file("f" + i, i % 50, i));
    }
    assertTrue(send(serve(many), files).complete());
    assertTrue(many.mostOpenFiles.get() <= Sizes.WINDOW, many.mostOpenFiles::toString);
    assertStored(many, files);
  }
}
