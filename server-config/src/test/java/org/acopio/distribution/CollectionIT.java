package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person's files, from a folder to verified copies on a server, both as their scripts start them.
 */
class CollectionIT {
  private static final long TEBIBYTE = 1L << 40;

  @TempDir static Path temp;
  private static ServerProcess server;
  private static Path store;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"));
    store = temp.resolve("data/store");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Collected collect(Path journal, Path source, String... more)
      throws IOException, InterruptedException {
    return Collected.by(0, server.rmiAddress(), journal, source, more);
  }

  @Test
  void everyMediaFileArrivesAndASecondRunSendsNothing(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path photos = new Media(1).library(pc.resolve("fotos"), 60, 9_000_000);
    Collected first = collect(pc.resolve("journal"), photos);
    first.allArrived(photos, store);
    assertEquals(61, first.count("stored"));

    Collected second = collect(pc.resolve("journal"), photos);
    second.allArrived(photos, store);
    assertEquals(61, second.count("have"));
    assertEquals(0, second.count("sentBytes"));
  }

  @Test
  void decoysStayHome(@TempDir Path pc) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(pc.resolve("mixed"));
    Files.writeString(folder.resolve("notes.txt"), "not for collection");
    Files.writeString(folder.resolve("really-text.jpg"), "this is no picture at all\n".repeat(40));
    Path picture = new Media(2).jpeg(folder.resolve("picture.dat"), 5_000);
    Collected run = collect(pc.resolve("journal"), folder);
    assertEquals(
        List.of(picture.toString()),
        run.events("file").stream().map(file -> file.getString("path")).toList());
  }

  @Test
  void filesOfNoneToFiveBytesArriveInFourParts(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = pc.resolve("tiny");
    for (int size = 0; size <= 5; size++) {
      new Media(3).jpeg(folder.resolve(size + ".jpg"), size);
    }
    collect(pc.resolve("journal"), folder).allArrived(folder, store);
  }

  @Test
  void aChangedFileBecomesAVersionBesideTheOldOne(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = pc.resolve("versions");
    Path file = new Media(4).jpeg(folder.resolve("a.jpg"), 10_000);
    JsonObject old = collect(pc.resolve("journal"), folder).events("file").get(0);
    new Media(5).jpeg(file, 11_000);
    JsonObject changed = collect(pc.resolve("journal"), folder).events("file").get(0);
    assertEquals(2, changed.getInt("version"));
    assertNotEquals(old.getString("storedAs"), changed.getString("storedAs"));
    assertEquals(
        old.getString("sha256"), Collected.sha256(store.resolve(old.getString("storedAs"))));
    assertEquals(
        changed.getString("sha256"),
        Collected.sha256(store.resolve(changed.getString("storedAs"))));
  }

  @Test
  void twoPcsBehindOneAddressStayApartAndShareEqualContent(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = pc.resolve("shared");
    new Media(6).jpeg(folder.resolve("same.jpg"), 30_000);
    JsonObject one = collect(pc.resolve("journal-1"), folder).events("file").get(0);
    JsonObject other = collect(pc.resolve("journal-2"), folder).events("file").get(0);
    assertEquals("stored", other.getString("result"));
    assertNotEquals(one.getString("storedAs"), other.getString("storedAs"));
    assertEquals(
        Files.getAttribute(store.resolve(one.getString("storedAs")), "unix:ino"),
        Files.getAttribute(store.resolve(other.getString("storedAs")), "unix:ino"),
        "equal content takes disk space once");
  }

  @Test
  void namesOfEveryKindArriveInsideTheClientsFolder(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(pc.resolve("names"));
    List<String> names =
        List.of(
            "año nuevo.jpg",
            "写真 ドキュメント.jpg",
            "старое фото.jpg",
            "عكس‎.jpg",
            "🦊🎉.jpg",
            "line\nbreak.jpg",
            "tab\tand \u0001.jpg",
            "back\\slash.jpg",
            "100% %41.jpg",
            " leading and trailing ",
            "CON.jpg",
            "...jpg",
            "-rf.jpg",
            "$(reboot).jpg",
            "<img onerror=alert(1)>.jpg",
            Normalizer.normalize("café.jpg", Normalizer.Form.NFC),
            Normalizer.normalize("café.jpg", Normalizer.Form.NFD),
            "x".repeat(251) + ".jpg",
            "写".repeat(83) + ".jpg");
    Media media = new Media(7);
    for (String name : names) {
      media.jpeg(folder.resolve(name), 3_000);
    }
    Collected run = collect(pc.resolve("journal"), folder);
    run.allArrived(folder, store);
    Set<String> places =
        run.events("file").stream()
            .map(file -> file.getString("storedAs"))
            .collect(Collectors.toSet());
    assertEquals(names.size(), places.size(), "no two of them share a place");
  }

  @Test
  void aNameThatIsNoTextArrives(@TempDir Path pc) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(pc.resolve("bytes"));
    Path made = new Media(8).jpeg(folder.resolve("made.jpg"), 4_000);
    String digest = Collected.sha256(made);
    Process rename =
        new ProcessBuilder("sh", "-c", "mv made.jpg \"$(printf 'a\\377b.jpg')\"")
            .directory(folder.toFile())
            .start();
    assumeTrue(rename.waitFor() == 0, "this file system has no names outside UTF-8");
    JsonObject file = collect(pc.resolve("journal"), folder).events("file").get(0);
    assertEquals("stored", file.getString("result"));
    assertTrue(file.getString("storedAs").endsWith("a%FFb.jpg"), file::toString);
    assertEquals(digest, Collected.sha256(store.resolve(file.getString("storedAs"))));
  }

  @Test
  void aFileAboveFourGibibytesNeedsLittleMemory(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(pc.resolve("large"));
    long size = (4L << 30) + 12_345;
    try (RandomAccessFile film = new RandomAccessFile(folder.resolve("film.mp4").toFile(), "rw")) {
      film.write("\0\0\0\u0020ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1));
      film.setLength(size);
    }
    Files.setLastModifiedTime(
        folder.resolve("film.mp4"), FileTime.from(Instant.parse("2024-05-01T10:00:00Z")));
    try (AgentProcess agent =
        Collected.start(
            Map.of("ACOPIO_JAVA_OPTS", "-Xmx128m"),
            server.rmiAddress(),
            pc.resolve("journal"),
            folder)) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
      JsonObject file = Collected.from(agent).events("file").get(0);
      Path stored = store.resolve(file.getString("storedAs"));
      assertEquals(size, Files.size(stored));
      assertEquals(Collected.sha256(folder.resolve("film.mp4")), Collected.sha256(stored));
      assertEquals(
          FileTime.from(Instant.parse("2024-05-01T10:00:00Z")), Files.getLastModifiedTime(stored));
      Files.delete(stored);
    }
  }

  /**
   * Its files have no size and no end, are gone while they are looked at, or answer with errors.
   */
  @Test
  void procIsLookedThroughAndNothingOfItIsSent(@TempDir Path pc)
      throws IOException, InterruptedException {
    assumeTrue(ProcessFigures.areKnown(), "there is no /proc here");
    try (AgentProcess agent =
        Collected.start(Map.of(), server.rmiAddress(), pc.resolve("journal"), Path.of("/proc"))) {
      int exit = agent.awaitExit();
      Collected run = Collected.from(agent);
      assertEquals(0, run.count("files"));
      assertEquals(0, run.count("sentBytes"));
      List<JsonObject> notices = run.events("notice");
      assertEquals(notices.isEmpty() ? 0 : 1, exit, agent.output()::toString);
      for (JsonObject notice : notices) {
        assertTrue(notice.getString("path").startsWith("/proc/"), notice::toString);
        assertFalse(notice.getString("detail").isEmpty(), notice::toString);
      }
    }
  }

  /** A picture of a tebibyte by its first bytes and its name, of which a block is on disk. */
  private static Path sparse(Path folder) throws IOException {
    Path file = new Media(10).jpeg(folder.resolve("endless.jpg"), 4_096);
    try (RandomAccessFile picture = new RandomAccessFile(file.toFile(), "rw")) {
      picture.setLength(TEBIBYTE);
    }
    return file;
  }

  @Test
  void aSparseFileOfATebibyteIsFoundAtOnce(@TempDir Path pc)
      throws IOException, InterruptedException {
    sparse(pc.resolve("sparse"));
    Collected found = collect(pc.resolve("journal"), pc.resolve("sparse"), "--dry-run");
    assertEquals(TEBIBYTE, found.events("found").get(0).getJsonNumber("bytes").longValue());
  }

  @Test
  void aFileAboveTheLimitOfTheServerIsRefusedBeforeItIsRead(@TempDir Path pc) throws Exception {
    Path folder = pc.resolve("sparse");
    String file = sparse(folder).toString();
    Path journal = pc.resolve("journal");
    try (ServerProcess small =
            ServerProcess.start(
                pc.resolve("data"), "-Dacopio.collect.max-file-bytes=" + (TEBIBYTE - 1));
        AgentProcess agent =
            Collected.start(
                Map.of("ACOPIO_JAVA_OPTS", "-Xmx64m"), small.rmiAddress(), journal, folder)) {
      long peak = peakMemory(agent);
      assertEquals(1, agent.awaitExit(), agent.output()::toString);
      Collected run = Collected.from(agent);
      JsonObject refused = run.events("file").get(0);
      assertEquals(file, refused.getString("path"));
      assertEquals("refused", refused.getString("result"));
      assertEquals(0, run.count("sentBytes"));
      assertTrue(peak < 256 << 20, () -> "the agent took " + peak + " bytes");
      assertTrue(bytes(journal) < 1 << 20, () -> "the journal has " + bytes(journal) + " bytes");
      long stored = bytes(small.data().resolve("store"));
      assertTrue(stored < 1 << 20, () -> "the store has " + stored + " bytes");
    }
  }

  /** The most that it ever took, watched until it ends. */
  private static long peakMemory(AgentProcess agent) throws Exception {
    long peak = 0;
    while (agent.isAlive()) {
      peak = Math.max(peak, ProcessFigures.peakMemory(agent.pid()));
      Thread.sleep(20);
    }
    return peak;
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatWasTakenFromTheStoreByHandIsSentAgain(@TempDir Path pc)
      throws IOException, InterruptedException {
    Path folder = pc.resolve("lost");
    new Media(9).jpeg(folder.resolve("a.jpg"), 20_000);
    JsonObject first = collect(pc.resolve("journal"), folder).events("file").get(0);
    Files.delete(store.resolve(first.getString("storedAs")));
    Collected again = collect(pc.resolve("journal"), folder);
    assertEquals(1, again.count("stored"));
    again.allArrived(folder, store);
  }

  @Test
  void aMissingFolderIsNamed(@TempDir Path pc) throws IOException, InterruptedException {
    Path missing = pc.resolve("nobody-here");
    try (AgentProcess agent =
        Collected.start(Map.of(), server.rmiAddress(), pc.resolve("journal"), missing)) {
      assertEquals(2, agent.awaitExit(), agent.output()::toString);
      assertTrue(agent.output().toString().contains("nobody-here"), agent.output()::toString);
    }
  }

  @Test
  void parityAndStatusAnswer() throws IOException, InterruptedException {
    try (AgentProcess parity =
        AgentProcess.start(
            Map.of("LC_ALL", "es_ES.UTF-8", "ACOPIO_JAVA_OPTS", "-Duser.language=es"),
            "parity",
            "7",
            "12",
            "--server",
            server.rmiAddress())) {
      assertEquals(0, parity.awaitExit(), parity.output()::toString);
      assertEquals(List.of("7 es Impar", "12 es Par"), parity.output().lines());
    }
    try (AgentProcess status = AgentProcess.start("status", "--server", server.rmiAddress())) {
      assertEquals(0, status.awaitExit(), status.output()::toString);
      assertFalse(status.output().lines().isEmpty());
    }
  }
}
