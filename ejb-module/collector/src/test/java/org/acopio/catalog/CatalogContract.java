package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every database must do as a catalog. */
abstract class CatalogContract {
  CatalogSettings settings;
  Catalog catalog;
  Samples samples;

  /** A database that holds nothing yet. */
  abstract CatalogSettings freshDatabase() throws Exception;

  @BeforeEach
  final void openFreshCatalog() throws Exception {
    settings = freshDatabase();
    catalog = Catalog.open(settings);
    samples = new Samples(catalog);
  }

  @AfterEach
  final void closeWithoutLeaks() throws Exception {
    catalog.close();
    Set<String> left = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("acopio-catalog") && !thread.getName().contains("closer")) {
        thread.join(5_000);
        if (thread.isAlive()) {
          left.add(thread.getName());
        }
      }
    }
    assertEquals(Set.of(), left, "threads after close");
  }

  final void reopen() {
    catalog.close();
    catalog = Catalog.open(settings);
  }

  @Test
  void agentKeepsItsNumber() {
    long first = catalog.agent(Samples.digest("one"), "pc-1", "1.0", Samples.NOW);
    long other = catalog.agent(Samples.digest("two"), "pc-1", "1.0", Samples.NOW);
    long again = catalog.agent(Samples.digest("one"), "renamed", "2.0", Samples.NOW.plusSeconds(1));
    assertEquals(first, again);
    assertNotEquals(first, other);
  }

  @Test
  void agentTakesAnyHostName() {
    String hostile = "a\0b\n\uD800" + "x".repeat(300);
    long number = catalog.agent(Samples.digest("one"), hostile, hostile, Samples.NOW);
    assertEquals(number, catalog.agent(Samples.digest("one"), "", "", Samples.NOW));
  }

  @Test
  void clientKeepsItsNumber() {
    long first = catalog.client("192.0.2.1", Samples.NOW);
    assertNotEquals(first, catalog.client("2001:db8::1%eth0", Samples.NOW));
    assertEquals(first, catalog.client("192.0.2.1", Samples.NOW.plusSeconds(1)));
  }

  @Test
  void everyCollectionIsNew() {
    long first = catalog.opened(samples.agent, samples.client, Samples.NOW);
    long second = catalog.opened(samples.agent, samples.client, Samples.NOW);
    assertNotEquals(first, second);
    var summary = new CollectionSummary(1, 2, 3, 4, 5, 6, Duration.ofSeconds(7, 8));
    catalog.closed(first, Samples.NOW, summary);
    catalog.closed(first, Samples.NOW, summary);
  }

  @Test
  void closingAnUnknownCollectionIsRefused() {
    var summary = new CollectionSummary(0, 0, 0, 0, 0, 0, Duration.ZERO);
    var refused =
        assertThrows(CatalogException.class, () -> catalog.closed(4711, Samples.NOW, summary));
    assertFalse(refused.retryable());
    assertTrue(refused.getMessage().contains("4711"), refused.getMessage());
  }

  @Test
  void committedFileReadsBackAsItWasReturned() {
    NewFile file = samples.file("home/ana/foto.jpg", "content");
    StoredFile stored = catalog.commit(List.of(file)).get(0);
    assertEquals(file.path(), stored.path());
    assertEquals(file.modified(), stored.modified());
    assertEquals(file.mediaType(), stored.mediaType());
    Receipt receipt = stored.receipt();
    assertEquals(
        new Receipt(
            receipt.file(), file.digest(), file.size(), 1, file.storedAs(), file.storedAt()),
        receipt);
    assertFoundEverywhere(file, stored);
    reopen();
    assertFoundEverywhere(file, stored);
  }

  private void assertFoundEverywhere(NewFile file, StoredFile stored) {
    assertEquals(Map.of(file.path(), stored), catalog.latest(file.agent(), List.of(file.path())));
    assertEquals(
        Map.of(file.digest(), stored), catalog.delivered(file.agent(), List.of(file.digest())));
    assertEquals(
        Map.of(file.digest(), List.of(file.storedAs())), catalog.places(List.of(file.digest())));
    assertEquals(Map.of(file.upload(), stored), catalog.committed(List.of(file.upload())));
    assertEquals(List.of(stored), catalog.list(file.agent(), 0, 10));
    assertEquals(Optional.of(stored), catalog.file(file.agent(), stored.receipt().file()));
    assertEquals(new Totals(1, file.size()), catalog.totals());
  }

  @Test
  void anotherContentOfAPathIsTheNextVersion() {
    StoredFile first = commit(samples.file("a", "1"));
    StoredFile second = commit(samples.file("a", "2"));
    assertEquals(1, first.receipt().version());
    assertEquals(2, second.receipt().version());
    assertEquals(
        Map.of(first.path(), second), catalog.latest(samples.agent, List.of(first.path())));
    assertEquals(List.of(first, second), catalog.list(samples.agent, 0, 10));
  }

  @Test
  void versionsCountWithinOneCommitInItsOrder() {
    commit(samples.file("a", "0"));
    List<StoredFile> stored =
        catalog.commit(
            List.of(
                samples.file("a", "1"),
                samples.file("b", "2"),
                samples.file("a", "3"),
                samples.file("a", "4")));
    assertEquals(
        List.of(2, 1, 3, 4), stored.stream().map(file -> file.receipt().version()).toList());
  }

  @Test
  void repeatedCommitReturnsWhatTheFirstDid() {
    NewFile one = samples.file("a", "1");
    NewFile two = samples.file("b", "2");
    StoredFile first = commit(one);
    assertEquals(List.of(first), catalog.commit(List.of(one)));
    List<StoredFile> mixed = catalog.commit(List.of(two, one, two));
    assertEquals(first, mixed.get(1));
    assertEquals(mixed.get(0), mixed.get(2));
    assertEquals(new Totals(2, one.size() + two.size()), catalog.totals());
  }

  @Test
  void filesAreFoundByTheirNumbersWhoeverDeliveredThem() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    StoredFile mine = commit(samples.file("a", "1"));
    StoredFile theirs = commit(samples.file(other, "a", "2"));
    long first = mine.receipt().file();
    long second = theirs.receipt().file();
    assertEquals(List.of(mine, theirs), catalog.files(List.of(second, 999_999L, first, second)));
    assertEquals(List.of(), catalog.files(List.of()));
  }

  @Test
  void samePathFromTwoAgentsIsTwoFiles() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    StoredFile mine = commit(samples.file("a", "1"));
    NewFile sent = samples.file(other, "a", "2");
    StoredFile theirs = commit(sent);
    assertEquals(1, mine.receipt().version());
    assertEquals(1, theirs.receipt().version());
    assertEquals(Map.of(mine.path(), mine), catalog.latest(samples.agent, List.of(mine.path())));
    assertEquals(Map.of(mine.path(), theirs), catalog.latest(other, List.of(mine.path())));
    assertEquals(List.of(theirs), catalog.list(other, 0, 10));
    assertEquals(Optional.empty(), catalog.file(other, mine.receipt().file()));
  }

  @Test
  void onlyTheAgentThatDeliveredAContentIsSaidToHaveIt() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    NewFile file = samples.file("a", "same");
    commit(file);
    assertEquals(Map.of(), catalog.delivered(other, List.of(file.digest())));
    StoredFile theirs = commit(samples.file(other, "b", "same"));
    assertEquals(Map.of(file.digest(), theirs), catalog.delivered(other, List.of(file.digest())));
  }

  @Test
  void placesAreTheNewestThreeOfAnyAgent() {
    long other = catalog.agent(Samples.digest("other"), "pc-2", "1.0", Samples.NOW);
    List<String> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NewFile file = samples.file(i % 2 == 0 ? other : samples.agent, "p" + i, "same");
      commit(file);
      places.add(0, file.storedAs());
    }
    NewFile lone = samples.file("lone", "else");
    commit(lone);
    Sha256 same = Samples.digest("same");
    assertEquals(
        Map.of(same, places.subList(0, 3), lone.digest(), List.of(lone.storedAs())),
        catalog.places(List.of(same, lone.digest(), Samples.digest("nowhere"))));
  }

  @Test
  void deliveredIsTheNewestFileWithTheContent() {
    commit(samples.file("a", "same"));
    StoredFile newest = commit(samples.file("b", "same"));
    assertEquals(
        newest,
        catalog
            .delivered(samples.agent, List.of(Samples.digest("same")))
            .get(Samples.digest("same")));
  }

  static Stream<byte[]> hostilePaths() {
    byte[] longest = new byte[FilePath.MAX_BYTES];
    Arrays.fill(longest, (byte) 'x');
    return Stream.of(
        "a\nb\r\t\u001b[31m".getBytes(StandardCharsets.UTF_8),
        new byte[] {(byte) 0xff, (byte) 0xfe, '/', (byte) 0xc3, 0x28},
        new byte[] {'a', 0, 'b', '/', 0, 'c'},
        new byte[] {0},
        "/".getBytes(StandardCharsets.UTF_8),
        "../../etc/passwd".getBytes(StandardCharsets.UTF_8),
        "'; drop table file; --".getBytes(StandardCharsets.UTF_8),
        ("d/" + "\uD83D\uDCF7".repeat(200)).getBytes(StandardCharsets.UTF_8),
        longest);
  }

  @ParameterizedTest
  @MethodSource("hostilePaths")
  void anyBytesAreAPath(byte[] bytes) {
    NewFile file = samples.file(samples.agent, FilePath.of(bytes), "content");
    StoredFile stored = commit(file);
    assertFoundEverywhere(file, stored);
  }

  @Test
  void pathsThatDifferInOneByteAreDifferent() {
    byte[] a = new byte[FilePath.MAX_BYTES];
    byte[] b = a.clone();
    b[b.length - 1] = 1;
    StoredFile first = commit(samples.file(samples.agent, FilePath.of(a), "1"));
    StoredFile second = commit(samples.file(samples.agent, FilePath.of(b), "2"));
    assertEquals(1, second.receipt().version());
    assertEquals(
        Map.of(first.path(), first, second.path(), second),
        catalog.latest(samples.agent, List.of(first.path(), second.path())));
  }

  static Stream<Instant> extremeInstants() {
    return Stream.of(
        Instant.MIN,
        Instant.MAX,
        Instant.EPOCH,
        Instant.ofEpochSecond(-1, 999_999_999),
        Instant.parse("1601-01-01T00:00:00.0000001Z"),
        Instant.parse("+60056-05-28T05:36:10.955161500Z"));
  }

  @ParameterizedTest
  @MethodSource("extremeInstants")
  void instantsAreKeptToTheNanosecond(Instant instant) {
    NewFile file = samples.fileOf(instant);
    StoredFile stored = commit(file);
    assertEquals(instant, stored.modified());
    assertEquals(instant, stored.receipt().storedAt());
    assertFoundEverywhere(file, stored);
  }

  @Test
  void largestSizeAndLongestTextsAreKept() {
    NewFile file =
        new NewFile(
            Long.MIN_VALUE,
            samples.agent,
            samples.client,
            samples.collection,
            FilePath.of("a"),
            Long.MAX_VALUE,
            Samples.NOW,
            "m".repeat(NewFile.MAX_MEDIA_TYPE),
            Samples.digest("content"),
            "\u00f1".repeat(NewFile.MAX_STORED_AS),
            Samples.NOW);
    assertFoundEverywhere(file, commit(file));
  }

  @Test
  void pagesHoldEveryFileOnceInOrder() {
    List<StoredFile> all =
        new ArrayList<>(
            catalog.commit(
                IntStream.range(0, 2_500).mapToObj(i -> samples.file("p" + i, "c" + i)).toList()));
    all.sort(Comparator.comparingLong(file -> file.receipt().file()));
    List<StoredFile> paged = new ArrayList<>();
    for (List<StoredFile> page = catalog.list(samples.agent, 0, 999);
        !page.isEmpty();
        page = catalog.list(samples.agent, last(page), 999)) {
      paged.addAll(page);
    }
    assertEquals(all, paged);
    assertEquals(
        all.subList(2_490, 2_500), catalog.list(samples.agent, last(all.subList(0, 2_490)), 99));
    assertEquals(List.of(), catalog.list(samples.agent, Long.MAX_VALUE, 99));
    assertThrows(IllegalArgumentException.class, () -> catalog.list(samples.agent, 0, 0));
  }

  private static long last(List<StoredFile> page) {
    return page.get(page.size() - 1).receipt().file();
  }

  @Test
  void whatWasStoredSinceIsCountedByMediaType() {
    Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
    catalog.commit(
        List.of(
            samples.fileOf(midnight.minusNanos(1)),
            samples.fileOf(midnight),
            samples.fileOf(midnight.plusSeconds(3_600))));
    assertEquals(
        Map.of("image/jpeg", new Totals(2, 2L * "content".length())),
        catalog.storedSince(midnight));
    assertEquals(Map.of(), catalog.storedSince(midnight.plusSeconds(3_601)));
  }

  @Test
  void nothingAskedIsNothingFound() {
    assertEquals(List.of(), catalog.commit(List.of()));
    assertEquals(Map.of(), catalog.latest(samples.agent, List.of()));
    assertEquals(Map.of(), catalog.delivered(samples.agent, Set.of()));
    assertEquals(Map.of(), catalog.places(List.of()));
    assertEquals(Map.of(), catalog.committed(Set.of()));
    assertEquals(List.of(), catalog.list(samples.agent, 0, 1));
    assertEquals(Optional.empty(), catalog.file(samples.agent, 1));
    assertEquals(new Totals(0, 0), catalog.totals());
  }

  @Test
  void listsMayBeLongerThanAnyLimitOnParameters() {
    int known = 1_200;
    int asked = 40_000;
    List<NewFile> files =
        IntStream.range(0, known).mapToObj(i -> samples.file("p" + i, "c" + i)).toList();
    catalog.commit(files);
    var paths = IntStream.range(0, asked).mapToObj(i -> FilePath.of("p" + i)).toList();
    var digests = IntStream.range(0, asked).mapToObj(i -> Samples.digest("c" + i)).toList();
    long first = files.get(0).upload();
    var uploads = LongStream.range(first, first + asked).boxed().toList();
    assertEquals(known, catalog.latest(samples.agent, paths).size());
    assertEquals(known, catalog.delivered(samples.agent, digests).size());
    assertEquals(known, catalog.places(digests).size());
    assertEquals(known, catalog.committed(uploads).size());
  }

  @Test
  void commitOfOneBadFileStoresNone() {
    List<NewFile> files = List.of(samples.file("a", "1"), samples.file(4711, "b", "2"));
    var refused = assertThrows(CatalogException.class, () -> catalog.commit(files));
    assertFalse(refused.retryable());
    assertEquals(new Totals(0, 0), catalog.totals());
    assertEquals(1, commit(samples.file("a", "1")).receipt().version());
  }

  @Test
  void concurrentCommitsOfOnePathAllGetAVersion() throws Exception {
    int threads = 6;
    int rounds = 15;
    Set<Integer> versions = new HashSet<>();
    for (List<Integer> some : inParallel(threads, t -> commitRounds(catalog, t, rounds))) {
      versions.addAll(some);
    }
    assertEquals(
        IntStream.rangeClosed(1, threads * rounds).boxed().collect(Collectors.toSet()), versions);
  }

  final List<Integer> commitRounds(Catalog on, int thread, int rounds) {
    List<Integer> versions = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      String content = thread + "/" + round;
      List<NewFile> files =
          new ArrayList<>(
              List.of(
                  samples.file("hot", content),
                  samples.file("b" + content, content),
                  samples.file("a" + content, content)));
      if (thread % 2 == 0) {
        Collections.reverse(files);
      }
      on.commit(files).stream()
          .filter(file -> file.path().equals(FilePath.of("hot")))
          .forEach(file -> versions.add(file.receipt().version()));
    }
    return versions;
  }

  @Test
  void concurrentCommitsOfOneUploadStoreItOnce() throws Exception {
    List<NewFile> files =
        IntStream.range(0, 50).mapToObj(i -> samples.file("p" + i, "c" + i)).toList();
    List<List<StoredFile>> answers = inParallel(6, t -> catalog.commit(files));
    assertEquals(1, new HashSet<>(answers).size());
    assertEquals(50, catalog.totals().files());
  }

  @Test
  void concurrentRegistrationsAgree() throws Exception {
    for (int round = 0; round < 5; round++) {
      Sha256 id = Samples.digest("agent" + round);
      String address = "192.0.2." + round;
      assertEquals(
          1,
          new HashSet<>(inParallel(6, t -> catalog.agent(id, "pc" + t, "1", Samples.NOW))).size());
      assertEquals(
          1, new HashSet<>(inParallel(6, t -> catalog.client(address, Samples.NOW))).size());
    }
  }

  /** An interrupt may close the database's file under it, which whoever writes next is told. */
  @Test
  void interruptedThreadLeavesTheCatalogWorking() {
    StoredFile before = commit(samples.file("before", "1"));
    NewFile file = samples.file("during", "2");
    Thread.currentThread().interrupt();
    Optional<StoredFile> stored = tryToCommit(file);
    Thread.interrupted();
    for (int more = 0; stored.isEmpty() && more < 3; more++) {
      stored = tryToCommit(file);
    }
    assertEquals(List.of(before, stored.orElseThrow()), catalog.list(samples.agent, 0, 10));
    assertEquals(commit(file), stored.orElseThrow());
  }

  /** Nothing when the catalog says that the same may be tried again. */
  private Optional<StoredFile> tryToCommit(NewFile file) {
    try {
      return Optional.of(commit(file));
    } catch (CatalogException e) {
      assertTrue(e.retryable(), e.getMessage());
      return Optional.empty();
    }
  }

  @Test
  void twoCatalogsInOneProcessStayApart() throws Exception {
    try (Catalog other = Catalog.open(freshDatabase())) {
      commit(samples.file("a", "1"));
      assertEquals(new Totals(0, 0), other.totals());
    }
    assertEquals(1, catalog.totals().files());
  }

  @Test
  void onePooledConnectionIsEnough() throws Exception {
    catalog.close();
    catalog =
        Catalog.open(new CatalogSettings(settings.url(), settings.user(), settings.password(), 1));
    List<NewFile> files =
        IntStream.range(0, 1_500).mapToObj(i -> samples.file("p" + i, "c" + i)).toList();
    assertEquals(1_500, catalog.commit(files).size());
    catalog.agent(Samples.digest("new"), "pc", "1", Samples.NOW);
  }

  @Test
  void closedCatalogRefusesEveryCall() {
    catalog.close();
    catalog.close();
    assertThrows(RuntimeException.class, () -> catalog.totals());
  }

  @Test
  void catalogOfANewerVersionIsRefused() throws Exception {
    catalog.close();
    try (var connection = Database.of(settings.url()).dataSource(settings).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into "flyway_schema_history"
          ("installed_rank", "version", "description", "type", "script", "installed_by",
          "execution_time", "success")
          values (99, '999', 'later', 'SQL', 'V999__later.sql', 'me', 1, true)""");
    }
    var refused = assertThrows(CatalogException.class, () -> Catalog.open(settings));
    assertFalse(refused.retryable());
    assertTrue(refused.getMessage().contains("newer"), refused.getMessage());
  }

  final StoredFile commit(NewFile file) {
    return catalog.commit(List.of(file)).get(0);
  }

  /** Starts the work on all threads at one moment and returns what each of them returned. */
  static <T> List<T> inParallel(int threads, IntFunction<T> work)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        Callable<T> task =
            () -> {
              start.await();
              return work.apply(thread);
            };
        running.add(executor.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
