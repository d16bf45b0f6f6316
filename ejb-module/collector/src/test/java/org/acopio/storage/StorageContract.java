package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Sha256;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of {@link Storage}, which every implementation keeps. */
abstract class StorageContract {
  static final String ADDRESS = "192.0.2.17";

  Storage storage;

  /** What the storage is told to take for now. */
  Clock clock = Clock.systemUTC();

  /** What the catalog would know. */
  final Set<Long> committed = new HashSet<>();

  /** The same store at every call; it waits 30 days for bytes, by {@link #clock}. */
  abstract Storage open();

  /** Changes one byte of an upload behind the storage's back. */
  abstract void flip(Upload upload, long offset);

  /** Cuts what is kept of an upload behind the storage's back. */
  abstract void truncate(Upload upload, long size);

  /** Fills bytes of an upload with zeros behind the storage's back. */
  abstract void zero(Upload upload, long from, long to);

  /** Takes a stored file away behind the storage's back. */
  abstract void delete(String storedAs);

  /** True when two stored files take the disk only once. */
  abstract boolean oneSpace(String storedAs, String other);

  /** When a stored file says that it was changed. */
  abstract Instant modified(String storedAs);

  /** What is in the working area beside the storage's own books. */
  abstract Set<String> workingArea();

  @BeforeEach
  final void openFresh() {
    storage = open();
    assertTrue(storage.repair(this::known, trusted()).nothingToDo());
  }

  @AfterEach
  final void close() throws Exception {
    storage.close();
    release();
  }

  /** Frees what {@link #open} needed. */
  void release() throws Exception {}

  final Set<Long> known(Set<Long> asked) {
    Set<Long> known = new HashSet<>(asked);
    known.retainAll(committed);
    return known;
  }

  final RepairReport restart() {
    storage.close();
    storage = open();
    return storage.repair(this::known, trusted());
  }

  final Optional<Instant> trusted() {
    return Optional.of(clock.instant());
  }

  final RepairReport restartInDays(int days) {
    clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
    return restart();
  }

  final Upload begin(Content content, String path) {
    return storage.begin(List.of(content.at(path))).get(0);
  }

  final void send(Upload upload, Content content, long from, long to) {
    assertEquals(
        List.of(Optional.empty()), storage.write(List.of(content.piece(upload, from, to))));
  }

  final void sendPart(Upload upload, Content content, int part) {
    send(upload, content, Parts.start(part, content.size()), Parts.end(part, content.size()));
  }

  final Upload sent(Content content, String path) {
    Upload upload = begin(content, path);
    for (int part = 0; part < Parts.COUNT; part++) {
      sendPart(upload, content, part);
    }
    return upload;
  }

  final Judgement judge(Upload upload, Content claimed) {
    return storage.judge(upload, claimed.digest(), claimed.partChecksums());
  }

  final Upload complete(Content content, String path) {
    Upload upload = sent(content, path);
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    return upload;
  }

  final List<Placed> place(Collection<Upload> uploads) {
    return storage.place(uploads.stream().map(upload -> new Placing(upload, ADDRESS)).toList());
  }

  final String settleAndPlace(Upload upload) {
    storage.settle(List.of(upload));
    Placed placed = place(List.of(upload)).get(0);
    assertEquals(Optional.empty(), placed.failure());
    return placed.storedAs().orElseThrow();
  }

  final String store(Content content, String path) {
    Upload upload = complete(content, path);
    String storedAs = settleAndPlace(upload);
    committed.add(upload.number());
    storage.done(List.of(upload));
    return storedAs;
  }

  final void assertStored(Content content, String storedAs) {
    assertTrue(storage.holds(storedAs, content.size()), storedAs);
    assertArrayEquals(content.bytes(), storage.read(storedAs, 0, content.size() + 10));
  }

  // ------------------------------------------------------------------ blocks

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 17, 4_099, 300_001})
  void filesOfEverySizeAreStoredAsTheyAre(int size) {
    Content content = Content.of(size, size);
    assertStored(content, store(content, "/home/rosa/foto.jpg"));
    assertEquals(Set.of(), workingArea());
  }

  @Test
  void missingIsExactlyWhatHasNotArrived() {
    Content content = Content.of(100, 1);
    Upload upload = begin(content, "/a.jpg");
    assertEquals(List.of(new Range(0, 100)), upload.missing());
    send(upload, content, 10, 20);
    send(upload, content, 40, 41);
    assertEquals(
        List.of(new Range(0, 10), new Range(20, 40), new Range(41, 100)), upload.missing());
    send(upload, content, 20, 40);
    assertEquals(List.of(new Range(0, 10), new Range(41, 100)), upload.missing());
    assertEquals(31, upload.arrivedBytes());
    send(upload, content, 0, 100);
    assertEquals(List.of(), upload.missing());
  }

  private static void assertParts(Upload upload, List<Long> arrived, List<Long> repeated) {
    assertEquals(arrived, IntStream.range(0, 4).mapToObj(upload::arrivedBytes).toList());
    assertEquals(repeated, IntStream.range(0, 4).mapToObj(upload::repeatedBlocks).toList());
  }

  @Test
  void eachPartTellsWhatOfItArrivedAndHowOftenItCameAgain() {
    Content content = Content.of(4_000, 1);
    Upload upload = begin(content.withFlipped(1_500), "/a.jpg");
    assertParts(upload, List.of(0L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L));
    send(upload, content, 3_000, 3_500);
    send(upload, content, 0, 600);
    assertParts(upload, List.of(600L, 0L, 0L, 500L), List.of(0L, 0L, 0L, 0L));
    send(upload, content, 500, 700);
    send(upload, content, 3_000, 3_500);
    send(upload, content, 3_499, 4_000);
    assertParts(upload, List.of(700L, 0L, 0L, 1_000L), List.of(1L, 0L, 0L, 2L));
    send(upload, content.withFlipped(1_500), 1_000, 2_000);
    send(upload, content, 2_000, 3_000);
    send(upload, content, 700, 1_000);
    assertEquals(new Judgement.Different(Set.of(1)), judge(upload, content));
    assertParts(upload, List.of(1_000L, 0L, 1_000L, 1_000L), List.of(1L, 0L, 0L, 2L));
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    assertParts(again, List.of(1_000L, 0L, 1_000L, 1_000L), List.of(0L, 0L, 0L, 0L));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void blocksComeInAnyOrderRepeatedAndOverlapping(long seed) {
    Random random = new Random(seed);
    Content content = Content.of(1_000 + random.nextInt(5_000), seed);
    Upload upload = begin(content, "/b.jpg");
    while (!upload.missing().isEmpty()) {
      int from = random.nextInt(content.size());
      int to = from + 1 + random.nextInt(Math.min(700, content.size() - from));
      send(upload, content, from, to);
    }
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    assertStored(content, settleAndPlace(upload));
  }

  @Test
  void bytesThatAreThereStayAsTheyAre() {
    Content first = Content.of(64, 1);
    Upload upload = begin(first, "/c.jpg");
    send(upload, first, 0, 40);
    send(upload, Content.of(64, 2), 0, 40);
    send(upload, Content.of(64, 2), 8, 30);
    send(upload, first, 40, 64);
    assertEquals(new Judgement.Complete(first.digest()), judge(upload, first));
  }

  @Test
  void oneWriteCarriesBlocksOfManyFiles() {
    List<Upload> uploads = new ArrayList<>();
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      contents.add(Content.of(i, i));
      uploads.add(begin(contents.get(i), "/many/" + i));
    }
    for (int part = 0; part < Parts.COUNT; part++) {
      List<Storage.Piece> pieces = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        pieces.add(contents.get(i).piece(uploads.get(i), Parts.start(part, i), Parts.end(part, i)));
      }
      assertEquals(Collections.nCopies(50, Optional.empty()), storage.write(pieces));
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(
          new Judgement.Complete(contents.get(i).digest()), judge(uploads.get(i), contents.get(i)));
    }
  }

  /** Long runs take another way to a disk than short ones, and what repeats splits them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void runsOfBlocksArriveInAnyOrderAndAgain(long seed) {
    Random random = new Random(seed);
    Content content = Content.of((5 << 20) + random.nextInt(10_000), seed);
    Upload upload = begin(content, "/film.mp4");
    while (!upload.missing().isEmpty()) {
      Range gap = upload.missing().get(random.nextInt(upload.missing().size()));
      long from = Math.max(0, gap.from() + random.nextInt(-300_000, 300_000));
      List<Storage.Piece> run = new ArrayList<>();
      for (int blocks = random.nextInt(1, 12); blocks > 0 && from < content.size(); blocks--) {
        long to = Math.min(content.size(), from + random.nextInt(1, 300_000));
        run.add(content.piece(upload, from, to));
        from = random.nextInt(10) == 0 ? random.nextInt(content.size()) : to;
      }
      List<Optional<StorageException>> fine = Collections.nCopies(run.size(), Optional.empty());
      assertEquals(fine, storage.write(run));
      if (random.nextInt(12) == 0) {
        long number = upload.number();
        List<Range> missing = upload.missing();
        restart();
        upload = storage.find(number).orElseThrow();
        assertEquals(missing, upload.missing());
      }
    }
    assertInstanceOf(Judgement.Complete.class, judge(upload, content));
    assertStored(content, settleAndPlace(upload));
  }

  @Test
  void manyThreadsWriteOneFile() throws Exception {
    Content content = Content.of(64 * 1_024, 9);
    Upload upload = begin(content, "/threads.jpg");
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      blocks.add(i);
      blocks.add(i);
    }
    Collections.shuffle(blocks, new Random(9));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int block : blocks) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                send(upload, content, block * 1_024L, (block + 1) * 1_024L);
                return null;
              }));
    }
    start.countDown();
    for (Future<?> one : running) {
      one.get();
    }
    threads.shutdown();
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    assertStored(content, settleAndPlace(upload));
  }

  @Test
  void interruptedCallerBreaksNothingForOthers() {
    Content content = Content.of(400, 4);
    Upload upload = begin(content, "/interrupted.jpg");
    sendPart(upload, content, 0);
    Thread.currentThread().interrupt();
    storage.write(List.of(content.piece(upload, 100, 200)));
    assertTrue(Thread.interrupted());
    for (int part = 1; part < Parts.COUNT; part++) {
      sendPart(upload, content, part);
    }
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    assertStored(content, settleAndPlace(upload));
  }

  @Test
  void headIsTheBeginningOfTheContentOnceItHasPassed() {
    Content content = Content.of(5_000, 3);
    Upload upload = begin(content, "/head.jpg");
    send(upload, content, 1_000, 5_000);
    assertEquals(0, upload.head().length);
    send(upload, content, 0, 1_000);
    assertArrayEquals(java.util.Arrays.copyOf(content.bytes(), 2_048), upload.head());
    assertArrayEquals(java.util.Arrays.copyOf(content.bytes(), 3_000), storage.peek(upload, 3_000));
    assertArrayEquals(content.bytes(), storage.peek(upload, 9_000));
    restart();
    assertArrayEquals(upload.head(), storage.find(upload.number()).orElseThrow().head());
  }

  // ------------------------------------------------------------------ find

  @Test
  void uploadIsFoundByItsKeyAndItsNumber() {
    Content content = Content.of(10, 1);
    Upload upload = begin(content, "/x");
    assertEquals(Optional.of(upload), storage.find(upload.number()));
    assertEquals(Optional.of(upload), storage.find(content.at("/x")));
    assertEquals(Optional.empty(), storage.find(upload.number() + 1));
    assertEquals(Optional.empty(), storage.find(content.at("/y")));
    UploadKey key = content.at("/x");
    assertEquals(
        Optional.empty(),
        storage.find(
            new UploadKey(Sha256.parse("11".repeat(32)), key.path(), key.size(), key.modified())));
    assertEquals(
        Optional.empty(),
        storage.find(
            new UploadKey(key.agent(), key.path(), key.size(), key.modified().plusNanos(1))));
  }

  @Test
  void uploadsBeginInTheOrderOfTheirKeys() {
    List<UploadKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(Content.of(i, i).at("/" + i));
    }
    assertEquals(keys, storage.begin(keys).stream().map(Upload::key).toList());
  }

  @Test
  void fileThatChangedOnItsPcBeginsAnew() {
    Content before = Content.of(100, 1);
    Upload old = begin(before, "/x");
    sendPart(old, before, 0);
    Content after = Content.of(101, 2);
    Upload fresh = begin(after, "/x");
    assertTrue(old.over());
    assertEquals(Optional.empty(), storage.find(old.number()));
    assertEquals(Optional.empty(), storage.find(before.at("/x")));
    assertEquals(List.of(new Range(0, 101)), fresh.missing());
    assertEquals(Set.of(), workingArea());
    sendPart(old, before, 1);
    assertEquals(Set.of(), workingArea());
  }

  @Test
  void discardedUploadIsGone() {
    Content content = Content.of(100, 1);
    Upload upload = sent(content, "/x");
    begin(content, "/y");
    assertEquals(2, storage.unfinished());
    storage.discard(upload);
    assertEquals(1, storage.unfinished());
    assertTrue(upload.over());
    assertEquals(Optional.empty(), storage.find(upload.number()));
    assertEquals(Set.of(), workingArea());
    assertTrue(restart().nothingToDo());
  }

  // ----------------------------------------------------------------- verdict

  @Test
  void judgeNamesWhatIsMissing() {
    Content content = Content.of(100, 1);
    Upload upload = begin(content, "/x");
    sendPart(upload, content, 2);
    assertEquals(
        new Judgement.Missing(List.of(new Range(0, 50), new Range(75, 100))),
        judge(upload, content));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void partThatDiffersIsNamedAndOnlyThisComesAgain(int part) {
    Content now = Content.of(4_001, 1);
    Content before = now.withFlipped((int) Parts.start(part, 4_001) + 7);
    Upload upload = sent(before, "/x");
    assertEquals(new Judgement.Different(Set.of(part)), judge(upload, now));
    assertEquals(
        List.of(new Range(Parts.start(part, 4_001), Parts.end(part, 4_001))), upload.missing());
    sendPart(upload, now, part);
    assertEquals(new Judgement.Complete(now.digest()), judge(upload, now));
    assertStored(now, settleAndPlace(upload));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void partThatTheDiskDamagedIsNamedAndOnlyThisComesAgain(int part) {
    Content content = Content.of(4_001, 1);
    Upload upload = begin(content, "/x");
    for (int other = Parts.COUNT - 1; other > 0; other--) {
      sendPart(upload, content, other);
    }
    long offset = Parts.start(part, 4_001) + 3;
    if (part == 0) {
      send(upload, content, 1, Parts.end(0, 4_001));
      flip(upload, offset);
      send(upload, content, 0, 1);
    } else {
      flip(upload, offset);
      sendPart(upload, content, 0);
    }
    assertEquals(new Judgement.Damaged(Set.of(part)), judge(upload, content));
    assertEquals(
        List.of(new Range(Parts.start(part, 4_001), Parts.end(part, 4_001))), upload.missing());
    sendPart(upload, content, part);
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    assertStored(content, settleAndPlace(upload));
  }

  @Test
  void claimThatAgreesWithItselfOnlyBringsEverythingAgain() {
    Content content = Content.of(100, 1);
    Upload upload = sent(content, "/x");
    Sha256 wrong = Sha256.parse("22".repeat(32));
    assertEquals(
        new Judgement.Different(Set.of(0, 1, 2, 3)),
        storage.judge(upload, wrong, content.partChecksums()));
    assertEquals(List.of(new Range(0, 100)), upload.missing());
  }

  @Test
  void wrongClaimForAnEmptyFileIsDifferent() {
    Content empty = Content.of(0, 0);
    Upload upload = begin(empty, "/x");
    assertInstanceOf(
        Judgement.Different.class,
        storage.judge(upload, Sha256.parse("22".repeat(32)), empty.partChecksums()));
    assertEquals(new Judgement.Complete(empty.digest()), judge(upload, empty));
  }

  @Test
  void judgingAgainGivesTheSameAnswer() {
    Content content = Content.of(100, 1);
    Upload upload = complete(content, "/x");
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
  }

  // ------------------------------------------------------------------- place

  @Test
  void versionsStandSideBySideAndNoneIsTouched() {
    List<Content> versions = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      versions.add(Content.of(100, i));
      names.add(store(versions.get(i), "/fotos/playa.jpg"));
    }
    assertEquals(12, Set.copyOf(names).size());
    assertEquals(ADDRESS + "/fotos/playa.jpg", names.get(0));
    for (int i = 0; i < 12; i++) {
      assertStored(versions.get(i), names.get(i));
    }
  }

  @Test
  void equalNamesInOneGroupAreToldApart() {
    List<Upload> uploads = new ArrayList<>();
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      contents.add(Content.of(50, i));
      UploadKey key = contents.get(i).at("/same.jpg");
      Sha256 agent = Sha256.parse(("0" + i).repeat(32));
      uploads.add(
          storage
              .begin(List.of(new UploadKey(agent, key.path(), key.size(), key.modified())))
              .get(0));
      send(uploads.get(i), contents.get(i), 0, 50);
      assertInstanceOf(Judgement.Complete.class, judge(uploads.get(i), contents.get(i)));
    }
    storage.settle(uploads);
    List<Placed> placed = place(uploads);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      assertEquals(uploads.get(i), placed.get(i).upload());
      assertEquals(Optional.empty(), placed.get(i).failure());
      names.add(placed.get(i).storedAs().orElseThrow());
      assertStored(contents.get(i), placed.get(i).storedAs().orElseThrow());
    }
    assertEquals(5, names.size());
  }

  @Test
  void clientsHaveFoldersOfTheirOwn() {
    Content content = Content.of(10, 1);
    Upload upload = complete(content, "/x.jpg");
    storage.settle(List.of(upload));
    assertEquals(
        Optional.of("2001:db8::17/x.jpg"),
        storage.place(List.of(new Placing(upload, "2001:db8::17"))).get(0).storedAs());
  }

  @Test
  void folderStandsWhereAFileWantsToBe() {
    Content inside = Content.of(10, 1);
    Content file = Content.of(11, 2);
    String first = store(inside, "/album.d/x.jpg");
    String second = store(file, "/album.d");
    assertNotEquals(first, second);
    assertStored(inside, first);
    assertStored(file, second);
  }

  @Test
  void fileStandsWhereAFolderWantsToBe() {
    Content file = Content.of(11, 2);
    Content inside = Content.of(10, 1);
    String first = store(file, "/album.d");
    String second = store(inside, "/album.d/x.jpg");
    String third = store(inside, "/album.d/y.jpg");
    assertStored(file, first);
    assertStored(inside, second);
    assertEquals(second.replace("x.jpg", "y.jpg"), third);
  }

  @ParameterizedTest
  @ValueSource(ints = {239, 240, 241, 242, 250, 255})
  void fileWithALongNameStandsWhereAFolderWantsToBe(int length) {
    String name = "n".repeat(length - 4) + ".dir";
    Content file = Content.of(11, 2);
    Content inside = Content.of(10, 1);
    String first = store(file, "/" + name);
    assertStored(inside, store(inside, "/" + name + "/x.jpg"));
    assertStored(file, first);
  }

  @Test
  void timeOfTheFileIsTheOneOfItsPc() {
    assertEquals(Content.MODIFIED, modified(store(Content.of(10, 1), "/x.jpg")));
  }

  @Test
  void timesThatTheDiskCannotShowKeepNothingFromBeingStored() {
    for (Instant time :
        List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.parse("1601-01-01T00:00:00Z"))) {
      Content content = Content.of(10, 1);
      UploadKey key =
          new UploadKey(Content.AGENT, FilePath.of("/time/" + time), content.size(), time);
      Upload upload = storage.begin(List.of(key)).get(0);
      send(upload, content, 0, 10);
      assertInstanceOf(Judgement.Complete.class, judge(upload, content));
      assertStored(content, settleAndPlace(upload));
    }
  }

  @Test
  void settleThenPlaceThenDoneLeavesNothingBehind() {
    Content content = Content.of(1_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    storage.done(List.of(upload));
    assertTrue(upload.over());
    assertEquals(Set.of(), workingArea());
    assertEquals(Optional.empty(), storage.find(upload.number()));
    assertEquals(Optional.empty(), storage.find(content.at("/x.jpg")));
    assertTrue(restart().nothingToDo());
    assertStored(content, storedAs);
  }

  @Test
  void judgingWhatIsOverBringsNothingBack() {
    Content content = Content.of(1_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    storage.done(List.of(upload));
    try {
      judge(upload, content);
    } catch (StorageException e) {
      assertEquals(StorageException.Reason.FAILED, e.reason());
    }
    assertEquals(Set.of(), workingArea());
    assertStored(content, storedAs);
  }

  @Test
  void whatIsDoneKeepsItsName() {
    Content content = Content.of(1_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    storage.done(List.of(upload));
    storage.undo(List.of(upload));
    assertStored(content, storedAs);
    storage.settle(List.of(upload));
    assertTrue(place(List.of(upload)).get(0).failure().isPresent());
    assertStored(content, storedAs);
    assertEquals(Set.of(), workingArea());
    assertTrue(restart().nothingToDo());
  }

  /** A file may change, and be offered anew, while what it was is being committed. */
  @Test
  void whatIsGivenUpDuringItsCommitLeavesNoNameUnlessItIsCommitted() {
    Content content = Content.of(1_000, 1);
    Upload first = complete(content, "/x.jpg");
    String nobodys = settleAndPlace(first);
    Content changed = Content.of(1_001, 2);
    Upload second = complete(changed, "/x.jpg");
    storage.undo(List.of(first));
    assertFalse(storage.holds(nobodys, 1_000));
    assertTrue(first.over());
    assertEquals(1, workingArea().size());
    String storedAs = settleAndPlace(second);
    Content last = Content.of(1_002, 3);
    Upload third = complete(last, "/x.jpg");
    storage.done(List.of(second));
    assertStored(changed, storedAs);
    assertEquals(Optional.of(third), storage.find(third.key()));
    assertEquals(1, workingArea().size());
    assertEquals(new Judgement.Complete(last.digest()), judge(third, last));
  }

  @Test
  void uploadThatIsOverHarmsNoOtherOfItsGroup() {
    Upload over = complete(Content.of(10, 1), "/x.jpg");
    storage.discard(over);
    Content content = Content.of(10, 2);
    Upload upload = complete(content, "/y.jpg");
    storage.settle(List.of(over, upload));
    List<Placed> placed = place(List.of(over, upload));
    assertTrue(placed.get(0).failure().isPresent());
    assertEquals(Optional.empty(), placed.get(1).failure());
    assertStored(content, placed.get(1).storedAs().orElseThrow());
  }

  @Test
  void undoTakesNamesBackAndTheUploadGoesOn() {
    Content content = Content.of(1_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    storage.undo(List.of(upload));
    assertFalse(storage.holds(storedAs, 1_000));
    assertFalse(upload.over());
    assertEquals(List.of(), upload.missing());
    assertEquals(new Judgement.Complete(content.digest()), judge(upload, content));
    assertEquals(storedAs, settleAndPlace(upload));
    assertStored(content, storedAs);
  }

  @Test
  void completeUploadDoesNotChangeWhileItIsBeingStored() {
    Content content = Content.of(1_000, 1);
    Content other = Content.of(1_000, 2);
    Upload upload = complete(content, "/x.jpg");
    judge(upload, other);
    storage.write(List.of(other.piece(upload, 0, 1_000)));
    storage.settle(List.of(upload));
    Placed placed = place(List.of(upload)).get(0);
    judge(upload, other);
    storage.write(List.of(other.piece(upload, 0, 1_000)));
    placed.storedAs().ifPresent(storedAs -> assertStored(content, storedAs));
  }

  // ---------------------------------------------------------- share and adopt

  @Test
  void equalContentTakesTheDiskOnce() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    String equal = store(content, "/equal.jpg");
    Upload upload = complete(content, "/b.jpg");
    assertTrue(storage.share(upload, equal));
    assertTrue(storage.share(upload, first), "with another one instead");
    assertTrue(storage.share(upload, first), "as it does already");
    String second = settleAndPlace(upload);
    storage.done(List.of(upload));
    assertNotEquals(first, second);
    assertTrue(oneSpace(first, second));
    assertStored(content, first);
    assertStored(content, second);
    assertEquals(Set.of(), workingArea());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4_999})
  void otherContentIsNotShared(int different) {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Content similar = content.withFlipped(different);
    Upload upload = complete(similar, "/b.jpg");
    assertFalse(storage.share(upload, first));
    assertFalse(storage.share(upload, ADDRESS + "/nowhere.jpg"));
    String second = settleAndPlace(upload);
    assertFalse(oneSpace(first, second));
    assertStored(content, first);
    assertStored(similar, second);
  }

  @Test
  void adoptedContentNeedsNoBytes() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Upload upload = storage.adopt(content.at("/moved/a.jpg"), first).orElseThrow();
    String second = settleAndPlace(upload);
    storage.done(List.of(upload));
    assertEquals(ADDRESS + "/moved/a.jpg", second);
    assertTrue(oneSpace(first, second));
    assertStored(content, second);
    assertEquals(Set.of(), workingArea());
  }

  @Test
  void contentThatIsNotThereIsNotAdopted() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    assertEquals(Optional.empty(), storage.adopt(Content.of(4_999, 1).at("/b.jpg"), first));
    delete(first);
    assertEquals(Optional.empty(), storage.adopt(content.at("/b.jpg"), first));
    assertEquals(Set.of(), workingArea());
    assertTrue(restart().nothingToDo());
  }

  @Test
  void sharedSpaceIsNeverWrittenTo() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Upload upload = complete(content, "/b.jpg");
    assertTrue(storage.share(upload, first));
    settleAndPlace(upload);
    storage.undo(List.of(upload));
    Content changed = Content.of(5_000, 2);
    judge(upload, changed);
    send(upload, changed, 0, 5_000);
    assertStored(content, first);
    assertEquals(new Judgement.Complete(changed.digest()), judge(upload, changed));
    String second = settleAndPlace(upload);
    assertStored(changed, second);
    assertEquals(Content.MODIFIED, modified(second), "its bytes are its own, and settled");
    assertStored(content, first);
  }

  @Test
  void adoptedSpaceIsNeverWrittenTo() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Upload upload = storage.adopt(content.at("/b.jpg"), first).orElseThrow();
    settleAndPlace(upload);
    storage.undo(List.of(upload));
    Content changed = Content.of(5_000, 2);
    send(upload, changed, 0, 2_000);
    send(upload, changed, 2_000, 5_000);
    assertStored(content, first);
    assertEquals(new Judgement.Complete(changed.digest()), judge(upload, changed));
    assertStored(changed, settleAndPlace(upload));
    assertStored(content, first);
  }

  @Test
  void sharedSpaceIsNeverWrittenToAfterARestart() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Upload upload = complete(content, "/b.jpg");
    assertTrue(storage.share(upload, first));
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    Content changed = Content.of(5_000, 2);
    judge(again, changed);
    send(again, changed, 0, 5_000);
    assertStored(content, first);
    restart();
    again = storage.find(upload.number()).orElseThrow();
    assertEquals(new Judgement.Complete(changed.digest()), judge(again, changed));
    String second = settleAndPlace(again);
    assertStored(changed, second);
    assertEquals(Content.MODIFIED, modified(second), "its bytes are its own, and settled");
    assertStored(content, first);
  }

  @Test
  void adoptedSpaceIsNeverWrittenToAfterARestart() {
    Content content = Content.of(5_000, 1);
    String first = store(content, "/a.jpg");
    Upload upload = storage.adopt(content.at("/b.jpg"), first).orElseThrow();
    settleAndPlace(upload);
    restart();
    Content changed = Content.of(5_000, 2);
    Upload again = storage.find(content.at("/b.jpg")).orElseGet(() -> begin(changed, "/b.jpg"));
    send(again, changed, 0, 5_000);
    assertStored(content, first);
    judge(again, changed);
    send(again, changed, 0, 5_000);
    assertEquals(new Judgement.Complete(changed.digest()), judge(again, changed));
    assertStored(changed, settleAndPlace(again));
    assertStored(content, first);
    assertEquals(Content.MODIFIED, modified(first));
  }

  // ----------------------------------------------------------------- restart

  @Test
  void storeKeepsItsName() {
    String id = storage.id();
    assertFalse(id.isBlank());
    restart();
    assertEquals(id, storage.id());
  }

  @Test
  void uploadResumesWithExactlyWhatWasAcknowledged() {
    Content content = Content.of(10_000, 1);
    Upload upload = begin(content, "/x.jpg");
    send(upload, content, 100, 2_500);
    send(upload, content, 7_000, 7_001);
    List<Range> missing = upload.missing();
    for (int i = 0; i < 3; i++) {
      RepairReport report = restart();
      assertEquals(new RepairReport(1, 2_401, 0, 0, 0, 0, 0, 0), report);
      assertFalse(report.nothingToDo());
    }
    Upload again = storage.find(content.at("/x.jpg")).orElseThrow();
    assertEquals(upload.number(), again.number());
    assertEquals(missing, again.missing());
    send(again, content, 0, 10_000);
    assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
    assertStored(content, settleAndPlace(again));
  }

  @Test
  void uploadWithoutBytesIsForgottenByARestart() {
    begin(Content.of(100, 1), "/x.jpg");
    restart();
    assertEquals(Optional.empty(), storage.find(Content.of(100, 1).at("/x.jpg")));
    assertTrue(restart().nothingToDo());
  }

  @Test
  void completeUploadStaysCompleteOverARestart() {
    Content content = Content.of(10_000, 1);
    Upload upload = complete(content, "/x.jpg");
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(), again.missing());
    storage.settle(List.of(again));
    restart();
    again = storage.find(upload.number()).orElseThrow();
    assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
    assertStored(content, settleAndPlace(again));
  }

  @Test
  void placedUploadThatTheCatalogHasIsDoneAtTheNextStart() {
    Content content = Content.of(10_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    committed.add(upload.number());
    assertEquals(new RepairReport(0, 0, 1, 0, 0, 0, 0, 0), restart());
    assertStored(content, storedAs);
    assertEquals(Set.of(), workingArea());
    assertEquals(Optional.empty(), storage.find(upload.number()));
    assertTrue(restart().nothingToDo());
    assertStored(content, storedAs);
  }

  @Test
  void placedUploadThatTheCatalogDoesNotHaveIsTakenBackAtTheNextStart() {
    Content content = Content.of(10_000, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    assertEquals(new RepairReport(1, 10_000, 0, 1, 0, 0, 0, 0), restart());
    assertFalse(storage.holds(storedAs, 10_000));
    Upload again = storage.find(content.at("/x.jpg")).orElseThrow();
    assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
    assertEquals(storedAs, settleAndPlace(again));
    assertStored(content, storedAs);
    committed.add(again.number());
    assertEquals(1, restart().completed());
    assertStored(content, storedAs);
  }

  @Test
  void namesThatWereTakenBackStayTakenBack() {
    Content content = Content.of(100, 1);
    Upload upload = complete(content, "/x.jpg");
    String storedAs = settleAndPlace(upload);
    storage.undo(List.of(upload));
    RepairReport report = restart();
    assertEquals(0, report.undone());
    assertEquals(1, report.resumable());
    assertFalse(storage.holds(storedAs, 100));
  }

  @Test
  void partThatIsToComeAgainIsStillMissingAfterARestart() {
    Content now = Content.of(4_000, 1);
    Upload upload = sent(now.withFlipped(1_500), "/x");
    assertEquals(new Judgement.Different(Set.of(1)), judge(upload, now));
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(new Range(1_000, 2_000)), again.missing());
    send(again, now, 1_000, 2_000);
    restart();
    again = storage.find(upload.number()).orElseThrow();
    assertEquals(new Judgement.Complete(now.digest()), judge(again, now));
  }

  @Test
  void blockOverTwoPartsIsMissingTheSameBeforeAndAfterARestart() {
    Content now = Content.of(4_000, 1);
    Upload upload = begin(now, "/x");
    Content before = now.withFlipped(1_500);
    send(upload, before, 0, 1_700);
    send(upload, before, 1_700, 2_500);
    send(upload, before, 2_500, 4_000);
    assertEquals(new Judgement.Different(Set.of(1)), judge(upload, now));
    List<Range> missing = upload.missing();
    restart();
    assertEquals(missing, storage.find(upload.number()).orElseThrow().missing());
  }

  @Test
  void blocksThatTheDiskLostOverARestartAreMissingAgain() {
    Content content = Content.of(4_000, 1);
    Upload cut = sent(content, "/cut");
    Upload emptied = sent(content, "/emptied");
    Upload changed = sent(content, "/changed");
    truncate(cut, 2_500);
    zero(emptied, 1_000, 2_000);
    flip(changed, 3_999);
    restart();
    assertEquals(
        List.of(new Range(2_000, 4_000)), storage.find(cut.number()).orElseThrow().missing());
    assertEquals(
        List.of(new Range(1_000, 2_000)), storage.find(emptied.number()).orElseThrow().missing());
    assertEquals(
        List.of(new Range(3_000, 4_000)), storage.find(changed.number()).orElseThrow().missing());
    for (Upload upload : List.of(cut, emptied, changed)) {
      Upload again = storage.find(upload.number()).orElseThrow();
      send(again, content, 0, 4_000);
      assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
      assertStored(content, settleAndPlace(again));
    }
  }

  @Test
  void blocksThatTheDiskLostAfterAPartCameAgainAreMissingToo() {
    Content now = Content.of(4_000, 1);
    Upload upload = sent(now.withFlipped(500), "/x");
    assertEquals(new Judgement.Different(Set.of(0)), judge(upload, now));
    truncate(upload, 3_500);
    restart();
    Upload again = storage.find(upload.number()).orElseThrow();
    assertEquals(List.of(new Range(0, 1_000), new Range(3_000, 4_000)), again.missing());
    send(again, now, 0, 4_000);
    assertEquals(new Judgement.Complete(now.digest()), judge(again, now));
  }

  // --------------------------------------------------------------------- age

  @Test
  void uploadOnWhichNothingArrivedForLongIsGivenUpAtTheStart() {
    Content content = Content.of(10_000, 1);
    Upload upload = begin(content, "/x.jpg");
    send(upload, content, 100, 2_500);
    assertEquals(new RepairReport(1, 2_400, 0, 0, 0, 0, 0, 0), restartInDays(29));
    assertEquals(new RepairReport(0, 0, 0, 0, 1, 2_400, 0, 0), restartInDays(31));
    assertEquals(Optional.empty(), storage.find(upload.number()));
    assertEquals(Optional.empty(), storage.find(content.at("/x.jpg")));
    assertEquals(Set.of(), workingArea());
    assertTrue(restart().nothingToDo());
    assertStored(content, store(content, "/x.jpg"));
  }

  @Test
  void withoutATrustedTimeNoUploadIsGivenUp() {
    Content content = Content.of(10_000, 1);
    Upload upload = begin(content, "/x.jpg");
    send(upload, content, 100, 2_500);
    clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(10_000));
    storage.close();
    storage = open();
    assertEquals(
        new RepairReport(1, 2_400, 0, 0, 0, 0, 0, 0),
        storage.repair(this::known, Optional.empty()));
    assertEquals(1, restartInDays(0).resumable());
    assertEquals(0, restartInDays(31).resumable());
  }

  @Test
  void timeOfChangeOnThePcIsNoAge() {
    Content content = Content.of(10_000, 1);
    Upload upload = complete(content, "/x.jpg");
    storage.settle(List.of(upload));
    assertEquals(new RepairReport(1, 10_000, 0, 0, 0, 0, 0, 0), restartInDays(0));
    assertEquals(1, restartInDays(29).resumable());
    Upload again = storage.find(upload.number()).orElseThrow();
    assertEquals(new Judgement.Complete(content.digest()), judge(again, content));
    assertStored(content, settleAndPlace(again));
  }

  @Test
  void ageOfAStoredFileIsNotThatOfAnUploadThatSharesIt() {
    Content content = Content.of(10_000, 1);
    String stored = store(content, "/x.jpg");
    Upload upload = complete(content, "/y.jpg");
    assertTrue(storage.share(upload, stored));
    assertEquals(new RepairReport(1, 10_000, 0, 0, 0, 0, 0, 0), restartInDays(0));
    assertEquals(1, restartInDays(29).resumable());
    assertEquals(Content.MODIFIED, modified(stored));
  }

  @Test
  void uploadThatHasItsNameIsNeverGivenUp() {
    Content content = Content.of(10_000, 1);
    Upload known = complete(content, "/known.jpg");
    Upload unknown = complete(Content.of(10_000, 2), "/unknown.jpg");
    String storedAs = settleAndPlace(known);
    settleAndPlace(unknown);
    committed.add(known.number());
    assertEquals(new RepairReport(1, 10_000, 1, 1, 0, 0, 0, 0), restartInDays(1_000));
    assertStored(content, storedAs);
    assertTrue(storage.find(unknown.number()).isPresent());
  }

  // ------------------------------------------------------------------- files

  @Test
  void aStoredFileIsReadFromAnyPlace() throws IOException {
    Content content = Content.of(100, 1);
    String name = store(content, "/x.jpg");
    try (SeekableByteChannel in = storage.open(name, 100)) {
      ByteBuffer bytes = ByteBuffer.allocate(200);
      in.position(40);
      assertEquals(60, in.read(bytes));
      assertArrayEquals(
          java.util.Arrays.copyOfRange(content.bytes(), 40, 100),
          java.util.Arrays.copyOf(bytes.array(), 60));
      assertEquals(-1, in.read(bytes));
    }
    assertArrayEquals(content.bytes(), Files.readAllBytes(storage.locate(name, 100)));
  }

  @Test
  void aStoredFileThatSomebodyChangedIsNotOpened() {
    String name = store(Content.of(100, 1), "/x.jpg");
    assertThrows(StorageException.class, () -> storage.open(name, 101));
    assertThrows(StorageException.class, () -> storage.locate(name, 101));
    assertThrows(StorageException.class, () -> storage.open(ADDRESS + "/none.jpg", 100));
    assertThrows(IllegalArgumentException.class, () -> storage.open("../x.jpg", 100));
  }

  @Test
  void storedFilesAreReadInPieces() {
    Content content = Content.of(100, 1);
    String name = store(content, "/x.jpg");
    assertArrayEquals(
        java.util.Arrays.copyOfRange(content.bytes(), 10, 30), storage.read(name, 10, 20));
    assertArrayEquals(
        java.util.Arrays.copyOfRange(content.bytes(), 90, 100), storage.read(name, 90, 20));
    assertEquals(0, storage.read(name, 100, 20).length);
    assertEquals(0, storage.read(name, Long.MAX_VALUE, 20).length);
    assertFalse(storage.holds(name, 99));
    assertThrows(StorageException.class, () -> storage.read(ADDRESS + "/none.jpg", 0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "/etc/passwd", "../x", "a/../../x", "192.0.2.17/../..", "a/.."})
  void namesOutsideTheStoreAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> storage.read(name, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> storage.holds(name, 1));
  }

  @Test
  void freeSpaceIsKnown() {
    assertTrue(storage.free() > 0);
  }
}
