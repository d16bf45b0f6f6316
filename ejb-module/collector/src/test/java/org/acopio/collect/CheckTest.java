package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.check.CheckReport;
import org.acopio.check.Finding;
import org.acopio.check.Finding.Kind;
import org.acopio.check.Finding.Outcome;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check finds what is wrong, says nothing of what is right, and mends without destroying. */
class CheckTest {
  private static final int FILES = 240;

  @TempDir Path folder;
  private Server server;
  private Agent agent;
  private Agent other;
  private final Map<String, Photo> photos = new TreeMap<>();
  private final Map<String, Receipt> receipts = new TreeMap<>();

  @BeforeEach
  void open() throws Exception {
    server = new Server(folder, Server.LIMITS);
    agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
    other = Agent.fresh(new Direct(server.collector, "192.0.2.18"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Files of their own, and from a hundred on such as another agent has under another name. */
  private void fill(int files, int shared) throws Exception {
    Map<String, Photo> mine = new TreeMap<>();
    Map<String, Photo> theirs = new TreeMap<>();
    for (int i = 0; i < files; i++) {
      mine.put("/home/ana/photo-%04d.jpg".formatted(i), Photo.of(100 + i * 7, i));
    }
    for (int i = 0; i < shared; i++) {
      theirs.put("/Users/eva/copy-%04d.jpg".formatted(i), Photo.of(100 + i * 7, i));
    }
    store(agent, mine);
    store(other, theirs);
    photos.putAll(mine);
    photos.putAll(theirs);
  }

  private void store(Agent by, Map<String, Photo> all) throws Exception {
    List<String> paths = List.copyOf(all.keySet());
    for (int from = 0; from < paths.size(); from += 8) {
      List<String> some = paths.subList(from, Math.min(paths.size(), from + 8));
      FileOffer[] offers = some.stream().map(p -> all.get(p).at(p)).toArray(FileOffer[]::new);
      List<Verdict> verdicts = by.offer(offers);
      FileDigest[] claims = new FileDigest[some.size()];
      for (int i = 0; i < claims.length; i++) {
        Photo photo = all.get(some.get(i));
        Verdict.Send send = assertInstanceOf(Verdict.Send.class, verdicts.get(i));
        by.send(photo, send);
        claims[i] = photo.claim(send.upload());
      }
      var answers = by.finish(claims);
      for (int i = 0; i < claims.length; i++) {
        receipts.put(some.get(i), Agent.stored(answers.get(i)));
      }
    }
  }

  private CheckReport check(boolean readData, boolean repair) throws Exception {
    return new Check(
            server.catalog, (DiskStorage) server.storage, Clock.fixed(Server.NOW, ZoneOffset.UTC))
        .run(CheckOptions.asked(readData, repair), bytes -> {}, new CheckProgress(), false);
  }

  private Path file(String path) {
    return server.file(receipts.get(path).storedAs());
  }

  private void row(String path, String column, Object value) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:ordered:" + folder.resolve("catalog"), "acopio", "");
        PreparedStatement update =
            connection.prepareStatement("update file set " + column + " = ? where number = ?")) {
      update.setObject(1, value);
      update.setLong(2, receipts.get(path).file());
      assertEquals(1, update.executeUpdate());
    }
  }

  /** Kind and name of each finding. */
  private static Set<String> said(CheckReport report) {
    Set<String> said = new TreeSet<>();
    for (Finding one : report.findings()) {
      assertTrue(said.add(one.kind().word() + " " + one.storedAs()), () -> "twice: " + one);
      assertFalse(one.detail().isEmpty(), one::toString);
      assertFalse(one.remedy().isEmpty(), one::toString);
    }
    return said;
  }

  /** How often each content is on the disk, wherever. */
  private Map<Sha256, Integer> contents() throws IOException {
    Map<Sha256, Integer> count = new HashMap<>();
    try (Stream<Path> all = Files.walk(server.store())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(server.store().resolve(".acopio"))
            && !file.endsWith(".partial/journal")) {
          count.merge(Sha256.of(Sha256.start().digest(Files.readAllBytes(file))), 1, Integer::sum);
        }
      }
    }
    return count;
  }

  private static void change(Path file, Change change) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      FileTime time = Files.getLastModifiedTime(file);
      Files.write(file, change.of(bytes));
      Files.setLastModifiedTime(file, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Change {
    byte[] of(byte[] bytes);
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void storeAsCollectedIsClean(boolean readData) throws Exception {
    fill(30, 12);
    assertEquals(
        Agent.stored(
                agent
                    .finish(Photo.of(9_000, 99).claim(agent.sent(Photo.of(9_000, 99), "/x/y.jpg")))
                    .get(0))
            .version(),
        1);
    CheckReport report = check(readData, false);
    assertEquals(Set.of(), said(report));
    assertEquals(43, report.rows());
    assertEquals(0, report.left());
    long own = photos.values().stream().map(Photo::digest).distinct().count() + 1;
    assertEquals(readData ? own : 0, report.readFiles(), "shared bytes are read once");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void findsExactlyWhatWasPlantedAndMendsIt(long seed) throws Exception {
    fill(FILES, 40);
    Random random = new Random(seed);
    List<String> paths = new ArrayList<>();
    List<String> shared = new ArrayList<>();
    photos.forEach(
        (path, photo) -> {
          if (path.startsWith("/home") && photo.size() >= 100 + 40 * 7) {
            paths.add(path);
          } else if (path.startsWith("/Users")) {
            shared.add(path);
          }
        });
    Collections.shuffle(paths, random);
    Collections.shuffle(shared, random);
    Set<String> expected = new TreeSet<>();
    Set<String> unread = new TreeSet<>();
    Map<String, Outcome> outcome = new HashMap<>();
    int next = 0;
    for (int i = 0; i < 4; i++) {
      String flipped = paths.get(next++);
      change(file(flipped), bytes -> flipped(bytes, random));
      plant(expected, outcome, "damaged", flipped, Outcome.MARKED);

      String cut = paths.get(next++);
      change(file(cut), bytes -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      plant(expected, outcome, "damaged", cut, Outcome.MARKED);
      plant(unread, outcome, "damaged", cut, Outcome.MARKED);

      String gone = paths.get(next++);
      Files.delete(file(gone));
      plant(expected, outcome, "missing", gone, Outcome.MARKED);
      plant(unread, outcome, "missing", gone, Outcome.MARKED);

      String sharedGone = shared.get(i);
      Files.delete(file(sharedGone));
      plant(expected, outcome, "missing", sharedGone, Outcome.MENDED);
      plant(unread, outcome, "missing", sharedGone, Outcome.MENDED);

      String key = paths.get(next++);
      row(key, "path_key", Sha256.start().digest(new byte[] {(byte) i}));
      plant(expected, outcome, "wrong-row", key, Outcome.MENDED);
      plant(unread, outcome, "wrong-row", key, Outcome.MENDED);

      String size = paths.get(next++);
      row(size, "size", (long) photos.get(size).size() + 1 + random.nextInt(100));
      plant(expected, outcome, "wrong-row", size, Outcome.MENDED);
      plant(unread, outcome, "wrong-row", size, Outcome.MENDED);

      String digest = shared.get(10 + i);
      row(digest, "digest", Sha256.start().digest(new byte[] {1, (byte) i}));
      plant(expected, outcome, "wrong-row", digest, Outcome.MENDED);
      plant(unread, outcome, "wrong-row", digest, Outcome.MENDED);

      String touched = paths.get(next++);
      Files.setLastModifiedTime(file(touched), FileTime.from(Instant.EPOCH.plusSeconds(i)));
      plant(expected, outcome, "wrong-time", touched, Outcome.MENDED);
      plant(unread, outcome, "wrong-time", touched, Outcome.MENDED);

      String moved = paths.get(next++);
      Path elsewhere = server.file("192.0.2.17/moved-" + i + ".jpg");
      Files.move(file(moved), elsewhere);
      plant(expected, outcome, "missing", moved, Outcome.MENDED);
      plant(unread, outcome, "missing", moved, Outcome.MENDED);
      String orphan = "orphan 192.0.2.17/moved-" + i + ".jpg";
      Path stranger = server.file("192.0.2.99/stranger-" + i + ".jpg");
      Files.createDirectories(stranger.getParent());
      Files.write(stranger, new byte[] {(byte) i, 2, 3});
      Path link = server.file("192.0.2.99/link-" + i);
      Files.createSymbolicLink(link, Path.of("/etc/passwd"));
      for (String one :
          List.of(
              orphan, "orphan 192.0.2.99/stranger-" + i + ".jpg", "strange 192.0.2.99/link-" + i)) {
        expected.add(one);
        unread.add(one);
        outcome.put(one, Outcome.MENDED);
      }
    }
    Path stray = server.store().resolve(".partial").resolve("00000000000000ff");
    Files.write(stray, new byte[] {9});
    expected.add("stray .partial/00000000000000ff");
    unread.add("stray .partial/00000000000000ff");
    outcome.put("stray .partial/00000000000000ff", Outcome.MENDED);
    String linked = paths.get(next++);
    Files.createLink(folder.resolve("outside"), file(linked));
    plant(expected, outcome, "linked-outside", linked, Outcome.LEFT);
    plant(unread, outcome, "linked-outside", linked, Outcome.LEFT);

    Map<Sha256, Integer> before = contents();
    assertEquals(unread, said(check(false, false)));
    assertEquals(expected, said(check(true, false)));
    assertEquals(before, contents(), "a check changes nothing");

    CheckReport repaired = check(true, true);
    assertEquals(expected, said(repaired));
    for (Finding one : repaired.findings()) {
      assertEquals(
          outcome.get(one.kind().word() + " " + one.storedAs()), one.outcome(), one::toString);
    }
    Map<Sha256, Integer> after = contents();
    before.forEach(
        (content, count) -> assertTrue(after.get(content) >= count, "bytes were destroyed"));
    Files.delete(folder.resolve("outside"));
    CheckReport again = check(true, false);
    assertEquals(12, again.left());
    again.findings().forEach(one -> assertEquals(Kind.MISSING, one.kind(), one::toString));

    // What is lost comes again, and then all is well.
    for (Finding one : again.findings()) {
      String path =
          receipts.entrySet().stream()
              .filter(receipt -> receipt.getValue().file() == one.file())
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      Verdict.Send send = agent.begin(photos.get(path).known(path));
      agent.send(photos.get(path), send);
      Agent.stored(agent.finish(photos.get(path).claim(send.upload())).get(0));
    }
    assertEquals(Set.of(), said(onlyLeft(check(true, true))));
    assertEquals(Set.of(), said(check(true, false)));
    for (Map.Entry<String, Photo> photo : photos.entrySet()) {
      Agent by = photo.getKey().startsWith("/home") ? agent : other;
      assertArrayEquals(photo.getValue().bytes(), by.read(receipts.get(photo.getKey())));
    }
  }

  private void plant(
      Set<String> expected,
      Map<String, Outcome> outcome,
      String kind,
      String path,
      Outcome result) {
    String said = kind + " " + receipts.get(path).storedAs();
    expected.add(said);
    outcome.put(said, result);
  }

  private static CheckReport onlyLeft(CheckReport report) {
    return new CheckReport(
        report.rows(),
        report.readFiles(),
        report.readBytes(),
        report.took(),
        report.findings().stream().filter(one -> one.outcome() != Outcome.MENDED).toList(),
        report.unlisted());
  }

  @Test
  void damagedContentIsNeverSaidToBeHad() throws Exception {
    fill(1, 0);
    String path = photos.keySet().iterator().next();
    Photo photo = photos.get(path);
    change(file(path), bytes -> flipped(bytes, new Random(7)));
    assertInstanceOf(Verdict.Have.class, agent.offer(photo.known(path)).get(0));
    CheckReport report =
        new Check(server.catalog, (DiskStorage) server.storage, Clock.systemUTC())
            .run(new CheckOptions(true, false, true, 1), bytes -> {}, new CheckProgress(), false);
    assertEquals(1, report.left());
    assertEquals(1, server.catalog.checks().damagedFiles());
    assertInstanceOf(Verdict.Send.class, agent.offer(photo.known(path)).get(0));
    assertInstanceOf(Verdict.Send.class, agent.offer(photo.known("/elsewhere.jpg")).get(0));

    Receipt again = agent.store(photo, "/elsewhere.jpg");
    assertArrayEquals(photo.bytes(), agent.read(again));
    assertEquals(Set.of("damaged " + receipts.get(path).storedAs()), said(check(true, true)));
    assertEquals(Set.of(), said(check(true, false)));
    assertInstanceOf(Verdict.Have.class, agent.offer(photo.known(path)).get(0));
    assertEquals(0, server.catalog.checks().damagedFiles());
  }

  @Test
  void fileThatSomebodyBroughtBackLosesItsMark() throws Exception {
    fill(2, 0);
    String path = photos.keySet().iterator().next();
    Files.delete(file(path));
    assertEquals(1, check(false, true).left());
    Files.write(file(path), photos.get(path).bytes());
    Files.setLastModifiedTime(file(path), FileTime.from(Photo.TAKEN));
    assertEquals(Set.of("marked " + receipts.get(path).storedAs()), said(check(false, false)));
    assertEquals(0, check(false, true).left());
    assertEquals(Set.of(), said(check(true, false)));
  }

  @Test
  void laterFileUnderTheNameOfALostOneIsNotTakenAway() throws Exception {
    fill(1, 0);
    String path = photos.keySet().iterator().next();
    Files.delete(file(path));
    Photo changed = Photo.of(5_000, 77);
    Receipt later = agent.store(changed, path);
    assertEquals(receipts.get(path).storedAs(), later.storedAs(), "the name was free");
    CheckReport report = check(true, true);
    assertEquals(Set.of("missing " + later.storedAs()), said(report));
    assertArrayEquals(changed.bytes(), agent.read(later));

    agent.store(photos.get(path), "/copy.jpg");
    assertEquals(0, check(true, true).left());
    assertArrayEquals(
        photos.get(path).bytes(),
        Files.readAllBytes(server.file("192.0.2.17/home/ana/photo-0000%v2.jpg")));
    assertEquals(Set.of(), said(check(true, false)));
    assertArrayEquals(changed.bytes(), agent.read(later));
  }

  @Test
  void rowWithAnImpossibleNameGetsItsFileBack() throws Exception {
    fill(1, 0);
    String path = photos.keySet().iterator().next();
    row(path, "stored_as", "../../../etc/passwd");
    assertEquals(
        Set.of("missing ../../../etc/passwd", "orphan " + receipts.get(path).storedAs()),
        said(check(true, true)));
    assertEquals(Set.of(), said(check(true, false)));
  }

  @Test
  void rowThatIsGoneIsNoticedByItsVersions() throws Exception {
    Receipt first = agent.store(Photo.of(500, 1), "/x.jpg");
    Receipt second = agent.store(Photo.of(600, 2), "/x.jpg");
    receipts.put("/x.jpg", first);
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:ordered:" + folder.resolve("catalog"), "acopio", "");
        PreparedStatement delete =
            connection.prepareStatement("delete from file where number = " + first.file())) {
      delete.executeUpdate();
    }
    CheckReport report = check(false, false);
    assertEquals(Set.of("version-gap ", "orphan " + first.storedAs()), said(report));
    assertTrue(
        report.findings().stream().anyMatch(one -> one.file() == second.file()), report::toString);
  }

  @Test
  void checkWhileFilesComeInFindsNothing() throws Exception {
    fill(20, 10);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 60; i++) {
                  agent.store(Photo.of(3_000 + i % 20, 1_000 + i % 20), "/live/" + i + ".jpg");
                  begun.countDown();
                }
              } catch (Exception | AssertionError e) {
                failure.set(e);
                begun.countDown();
              }
            });
    sender.start();
    begun.await();
    do {
      assertEquals(Set.of(), said(check(true, false)));
    } while (sender.isAlive());
    sender.join();
    assertEquals(null, failure.get());
  }

  @Test
  void diskThatIsGoneIsNotTheEndOfItsFiles() throws Exception {
    fill(5, 0);
    Path away = folder.resolve("away");
    Files.move(server.store(), away);
    Files.createDirectory(server.store());
    StorageException gone = assertThrows(StorageException.class, () -> check(false, true));
    assertTrue(gone.getMessage().contains("mounted"), gone::getMessage);
    assertEquals(0, server.catalog.checks().damagedFiles());
    Files.delete(server.store());
    Files.move(away, server.store());
    assertEquals(Set.of(), said(check(true, false)));
  }

  @Test
  void givesUpWhenItIsToldTo() throws Exception {
    fill(10, 0);
    assertThrows(
        InterruptedIOException.class,
        () ->
            new Check(server.catalog, (DiskStorage) server.storage, Clock.systemUTC())
                .run(
                    CheckOptions.asked(true, false),
                    bytes -> {
                      throw new InterruptedIOException("enough");
                    },
                    new CheckProgress(),
                    false));
  }
}
