package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant OLD = Instant.parse("2024-02-29T12:00:00.123456789Z");
  private static final FileStamp STAMP = new FileStamp(10, OLD, 77, OLD.plusSeconds(1));

  @TempDir Path temporary;
  private final MovableClock clock = MovableClock.later();
  private final List<Notice> notices = new ArrayList<>();

  private Path directory() {
    return temporary.resolve("journal");
  }

  private Journal open() throws JournalException {
    return Journal.open(directory(), clock, notices::add);
  }

  private static byte[] path(int number) {
    return ("/home/ana/año/photo " + number + ".jpg").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(int number) {
    byte[] digest = new byte[32];
    Arrays.fill(digest, (byte) number);
    return digest;
  }

  private static MediaFile file(int number, FileStamp stamp) {
    return new MediaFile(
        Path.of("photo"),
        Path.of("photo"),
        path(number),
        stamp,
        "image/jpeg",
        MediaKind.IMAGE,
        Optional.empty());
  }

  private static String known(Journal journal, int number, FileStamp stamp) {
    return journal
        .find(path(number), stamp)
        .map(known -> known.mediaType() + known.digest().map(d -> "#" + d[0]).orElse(""))
        .orElse("unknown");
  }

  @Test
  void remembersTypesAndDigestsForTheNextRun() throws Exception {
    try (Journal journal = open()) {
      journal.rememberType(path(1), STAMP, Optional.of("image/png"));
      journal.rememberType(path(2), STAMP, Optional.empty());
      journal.remember(file(3, STAMP), digest(3), clock.instant());
    }
    try (Journal journal = open()) {
      assertEquals("image/png", known(journal, 1, STAMP));
      assertEquals("", known(journal, 2, STAMP));
      assertEquals("image/jpeg#3", known(journal, 3, STAMP));
      assertEquals("unknown", known(journal, 4, STAMP));
    }
    assertEquals(List.of(), notices);
  }

  /** The threads of a run are interrupted when it ends early; what they had learnt is kept. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void interruptsLoseNothing() throws Exception {
    int count = 200_000;
    try (Journal journal = open()) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < count; i++) {
                  journal.remember(file(i, STAMP), digest(i), clock.instant());
                }
              });
      writer.start();
      int interrupts = 0;
      while (writer.isAlive()) {
        writer.interrupt();
        interrupts++;
        TimeUnit.MICROSECONDS.sleep(50);
      }
      assertTrue(interrupts > 5, interrupts + " interrupts");
      Thread.currentThread().interrupt();
    }
    assertTrue(Thread.interrupted(), "it stays interrupted");
    assertEquals(List.of(), notices);
    try (Journal journal = open()) {
      for (int i = 0; i < count; i++) {
        assertEquals("image/jpeg#" + (byte) i, known(journal, i, STAMP));
      }
    }
  }

  @Test
  void anotherKeyIsForThisRunAndTheNextOnes() throws Exception {
    byte[] own = digest(9);
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
      journal.replaceAgentKey(own);
      assertArrayEquals(own, journal.agentKey());
    }
    try (Journal journal = open()) {
      assertArrayEquals(own, journal.agentKey());
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
    }
    assertEquals(List.of(), notices);
  }

  @Test
  void anyOtherStampIsAnotherFile() throws Exception {
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
    }
    try (Journal journal = open()) {
      Instant changed = STAMP.changed();
      for (FileStamp other :
          List.of(
              new FileStamp(11, OLD, 77, changed),
              new FileStamp(10, OLD.plusNanos(1), 77, changed),
              new FileStamp(10, OLD.plusSeconds(1), 77, changed),
              new FileStamp(10, OLD, 78, changed),
              new FileStamp(10, OLD, 77, changed.plusNanos(1)),
              new FileStamp(10, OLD, 77, changed.minusSeconds(1)))) {
        assertEquals("unknown", known(journal, 1, other), other.toString());
      }
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
    }
  }

  @Test
  void newerKnowledgeReplacesOlder() throws Exception {
    FileStamp later = new FileStamp(12, OLD.plusSeconds(9), 77, OLD.plusSeconds(9));
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
      journal.remember(file(1, later), digest(2), clock.instant());
    }
    try (Journal journal = open()) {
      assertEquals("unknown", known(journal, 1, STAMP));
      assertEquals("image/jpeg#2", known(journal, 1, later));
    }
  }

  @Test
  void digestOfFileYoungerThanTwoSecondsIsNotTrusted() throws Exception {
    try (Journal journal = open()) {
      FileStamp young = stampOf(clock.instant().minusMillis(1999));
      journal.remember(file(1, young), digest(1), clock.instant());
      journal.remember(
          file(2, stampOf(clock.instant().minusMillis(2001))), digest(2), clock.instant());
    }
    FileStamp young = stampOf(clock.instant().minusMillis(1999));
    FileStamp settled = stampOf(clock.instant().minusMillis(2001));
    try (Journal journal = open()) {
      assertEquals("unknown", known(journal, 1, young));
      assertEquals("image/jpeg#2", known(journal, 2, settled));
    }
  }

  @Test
  void fileThatChangedSinceTheRunBeganIsNotTrustedHoweverLongTheRun() throws Exception {
    FileStamp during = stampOf(clock.instant().plusMillis(10));
    Instant since = clock.instant().plusMillis(50);
    try (Journal journal = open()) {
      clock.move(Duration.ofMinutes(5));
      journal.rememberType(path(1), during, Optional.of("image/jpeg"));
      journal.remember(file(1, during), digest(1), since);
    }
    try (Journal journal = open()) {
      assertEquals("unknown", known(journal, 1, during));
    }
  }

  @Test
  void fileThatWasReadATickAfterItChangedIsTrusted() throws Exception {
    FileStamp during = stampOf(clock.instant().plusMillis(10));
    Instant since = clock.instant().plusMillis(60);
    try (Journal journal = open()) {
      clock.move(Duration.ofMinutes(5));
      journal.remember(file(1, during), digest(1), since);
    }
    try (Journal journal = open()) {
      assertEquals("image/jpeg#1", known(journal, 1, during));
    }
  }

  @Test
  void youngFileThatIsLeftAloneUntilTheEndIsTrusted() throws Exception {
    MediaFile left = onDisk("left");
    MediaFile touched = onDisk("touched");
    try (Journal journal = open()) {
      for (MediaFile file : List.of(left, touched)) {
        journal.remember(file, digest(1), file.stamp().modified().plusMillis(100));
      }
      Files.write(touched.path(), new byte[2]);
      clock.move(Duration.ofSeconds(2));
    }
    try (Journal journal = open()) {
      assertTrue(journal.find(left.wirePath(), left.stamp()).isPresent());
      assertTrue(journal.find(touched.wirePath(), touched.stamp()).isEmpty());
    }
  }

  /** A file that was written at the time of the test's clock. */
  private MediaFile onDisk(String name) throws IOException {
    Path path = Files.write(temporary.resolve(name), new byte[1]);
    Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
    FileStamp stamp = FileStamp.of(path);
    return new MediaFile(
        path, path, WirePath.of(path), stamp, "image/jpeg", MediaKind.IMAGE, Optional.empty());
  }

  private static FileStamp stampOf(Instant modified) {
    return new FileStamp(10, modified, 77, modified);
  }

  @Test
  void tornTailLosesNoMoreThanTheTornRecord() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 5; i++) {
        journal.remember(file(i, STAMP), digest(i), clock.instant());
      }
    }
    Path file = directory().resolve(JournalFile.NAME);
    byte[] whole = Files.readAllBytes(file);
    int record = (whole.length - 16) / 5;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Journal journal = open()) {
        int complete = Math.max(0, (length - 16) / record);
        for (int i = 0; i < 5; i++) {
          String expected = i < complete ? "image/jpeg#" + i : "unknown";
          assertEquals(expected, known(journal, i, STAMP), length + " bytes");
        }
        journal.remember(file(9, STAMP), digest(9), clock.instant());
      }
      try (Journal journal = open()) {
        assertEquals("image/jpeg#9", known(journal, 9, STAMP), length + " bytes");
      }
    }
    assertEquals(List.of(), notices);
  }

  @Test
  void anyFlippedByteIsNeverBelieved() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 3; i++) {
        journal.remember(file(i, STAMP), digest(i), clock.instant());
      }
    }
    Path file = directory().resolve(JournalFile.NAME);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      try (Journal journal = open()) {
        for (int i = 0; i < 3; i++) {
          String known = known(journal, i, STAMP);
          assertTrue(known.equals("image/jpeg#" + i) || known.equals("unknown"), at + known);
        }
      }
    }
  }

  @Test
  void damageIsSetAsideAndTheSoundPartUsed() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 3; i++) {
        journal.remember(file(i, STAMP), digest(i), clock.instant());
      }
    }
    Path file = directory().resolve(JournalFile.NAME);
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    try (Journal journal = open()) {
      assertEquals("image/jpeg#0", known(journal, 0, STAMP));
      assertEquals("unknown", known(journal, 1, STAMP));
    }
    assertEquals(1, notices.size());
    assertEquals(Notice.Kind.JOURNAL_DAMAGED, notices.get(0).kind());
    assertArrayEquals(damaged, Files.readAllBytes(directory().resolve(JournalFile.DAMAGED)));
    try (Journal journal = open()) {
      assertEquals("image/jpeg#0", known(journal, 0, STAMP));
    }
    assertEquals(1, notices.size());
  }

  @Test
  void fileOfAnotherProgramIsSetAside() throws Exception {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve(JournalFile.NAME), "[settings]\nthis is not a journal\n");
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
    }
    assertEquals(Notice.Kind.JOURNAL_DAMAGED, notices.get(0).kind());
    try (Journal journal = open()) {
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
    }
  }

  @Test
  void secondUseIsRefusedAndNamed() throws Exception {
    Journal journal = open();
    JournalException refused = assertThrows(JournalException.class, this::open);
    assertEquals(JournalException.Kind.IN_USE, refused.kind());
    assertEquals(Long.toString(ProcessHandle.current().pid()), refused.detail());
    assertEquals(directory().toRealPath(), refused.directory());
    journal.close();
    open().close();
  }

  @Test
  void unusableDirectoryIsNamed() throws Exception {
    Files.writeString(directory(), "a file where the directory should be");
    JournalException refused = assertThrows(JournalException.class, this::open);
    assertEquals(JournalException.Kind.UNUSABLE, refused.kind());
  }

  @Test
  void garbageIsCollectedAndKnowledgeKept() throws Exception {
    Path file = withGarbage();
    long before = Files.size(file);
    assertKnownOfTheLastRound();
    assertTrue(Files.size(file) < before / 20, before + " became " + Files.size(file));
    try (Journal journal = open()) {
      journal.remember(file(100, STAMP), digest(7), clock.instant());
    }
    assertKnownOfTheLastRound();
    assertEquals(List.of(), notices);
  }

  /** As on a disk that is full. */
  @Test
  void garbageThatCannotBeCollectedStays() throws Exception {
    Path file = withGarbage();
    long before = Files.size(file);
    Files.createDirectories(directory().resolve("journal.new").resolve("in the way"));
    assertKnownOfTheLastRound();
    assertEquals(before, Files.size(file));
    try (Journal journal = open()) {
      journal.remember(file(100, STAMP), digest(7), clock.instant());
    }
    assertKnownOfTheLastRound();
    try (Journal journal = open()) {
      assertEquals("image/jpeg#7", known(journal, 100, STAMP));
    }
    assertEquals(List.of(), notices);
  }

  private Path withGarbage() throws Exception {
    try (Journal journal = open()) {
      for (int round = 0; round < 40; round++) {
        for (int i = 0; i < 100; i++) {
          journal.remember(
              file(i, stampOf(OLD.plusSeconds(round))), digest(round), clock.instant());
        }
      }
    }
    return directory().resolve(JournalFile.NAME);
  }

  private void assertKnownOfTheLastRound() throws Exception {
    try (Journal journal = open()) {
      for (int i = 0; i < 100; i++) {
        assertEquals("image/jpeg#39", known(journal, i, stampOf(OLD.plusSeconds(39))));
      }
    }
  }

  @Test
  void filesThatAreGoneAreForgotten() throws Exception {
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
      journal.remember(file(2, STAMP), digest(2), clock.instant());
    }
    try (Journal journal = open()) {
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
      journal.forgetUnseen("/home/ana/año".getBytes(StandardCharsets.UTF_8));
    }
    try (Journal journal = open()) {
      assertEquals("unknown", known(journal, 2, STAMP));
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
      journal.forgetUnseen("/home/an".getBytes(StandardCharsets.UTF_8));
    }
    try (Journal journal = open()) {
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
    }
  }

  @Test
  void manyThreadsRememberAtOnce() throws Exception {
    try (Journal journal = open()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int first = t * 1000;
        Thread thread =
            new Thread(
                () -> {
                  for (int i = first; i < first + 1000; i++) {
                    journal.remember(file(i, STAMP), digest(i), clock.instant());
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    try (Journal journal = open()) {
      for (int i = 0; i < 4000; i++) {
        assertEquals("image/jpeg#" + (byte) i, known(journal, i, STAMP));
      }
    }
  }

  @Test
  void whatIsFlushedSurvivesAProcessThatDies() throws Exception {
    Path copy = temporary.resolve("copy");
    try (Journal journal = open()) {
      journal.remember(file(1, STAMP), digest(1), clock.instant());
      journal.flush();
      Files.createDirectories(copy);
      Files.copy(directory().resolve(JournalFile.NAME), copy.resolve(JournalFile.NAME));
    }
    try (Journal journal = Journal.open(copy, clock, notices::add)) {
      assertEquals("image/jpeg#1", known(journal, 1, STAMP));
    }
  }

  @Test
  void keyIsRandomAndStays() throws Exception {
    byte[] key;
    try (Journal journal = open()) {
      key = journal.agentKey();
      assertEquals(32, key.length);
    }
    try (Journal journal = open()) {
      assertArrayEquals(key, journal.agentKey());
    }
    try (Journal other = Journal.open(temporary.resolve("other"), clock, notices::add)) {
      assertFalse(Arrays.equals(key, other.agentKey()));
    }
  }

  @Test
  void damagedKeyIsReplacedAndTold() throws Exception {
    open().close();
    Files.write(directory().resolve(AgentKey.NAME), new byte[] {1, 2, 3});
    try (Journal journal = open()) {
      assertEquals(32, journal.agentKey().length);
    }
    assertEquals(Notice.Kind.KEY_DAMAGED, notices.get(0).kind());
    assertArrayEquals(
        new byte[] {1, 2, 3}, Files.readAllBytes(directory().resolve(AgentKey.DAMAGED)));
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    assumeTrue(
        temporary.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the system has no POSIX permissions");
    open().close();
    assertEquals("rwx------", permissions(directory()));
    try (var files = Files.list(directory())) {
      for (Path file : files.toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void hugeJournalIsMappedAndStillRight() throws Exception {
    int files = 160_000;
    try (Journal journal = open()) {
      for (int i = 0; i < files; i++) {
        journal.remember(file(i, STAMP), digest(i), clock.instant());
      }
    }
    assertTrue(Files.size(directory().resolve(JournalFile.NAME)) > 16 << 20);
    try (Journal journal = open()) {
      for (int i = 0; i < files; i += 997) {
        assertEquals("image/jpeg#" + (byte) i, known(journal, i, STAMP));
      }
      assertEquals("unknown", known(journal, files, STAMP));
    }
  }
}
