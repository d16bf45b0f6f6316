package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.process.ChildJvm;
import org.acopio.remote.Sha256;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server at every write, sync, truncation, link and rename of a collection, of the store
 * and of the database, starts it again, and lets the agent come back. A build takes every 32nd of
 * them; {@code -Dacopio.sweep.every=1} takes all, which lasts some minutes.
 */
class KillSweepTest {
  private static final int NEVER = -1;
  private static final int EVERY = Integer.getInteger("acopio.sweep.every", 32);

  @TempDir Path folder;

  @Test
  void nothingIsLostWhereverTheServerIsKilled() throws Exception {
    Path begun = folder.resolve("begun");
    Catalog.open(catalog(begun)).close();
    int all = operations(begun);
    assertTrue(all > 60, () -> "only " + all + " operations were seen");

    ExecutorService side = Executors.newFixedThreadPool(2);
    try {
      List<Future<Path>> died = new ArrayList<>();
      for (int last = 1; last <= all; last += EVERY) {
        int operation = last;
        died.add(side.submit(() -> killed(begun, operation)));
      }
      int dead = 0;
      for (Future<Path> one : died) {
        Path server = one.get();
        dead += died(server) ? 1 : 0;
        recover(server, "killed before operation " + server.getFileName());
      }
      assertTrue(dead > died.size() / 3, dead + " of " + died.size() + " died");
    } finally {
      side.shutdownNow();
    }
  }

  private int operations(Path begun) throws Exception {
    return operationsOf(killed(begun, NEVER));
  }

  private static int operationsOf(Path whole) throws IOException {
    return Integer.parseInt(Files.readString(whole.resolve("operations")));
  }

  /** H2 writes some of its own at times that differ from run to run: not all runs have as many. */
  private static boolean died(Path server) throws IOException {
    if (!Files.exists(server.resolve("operations"))) {
      return true;
    }
    int asked = Integer.parseInt(server.getFileName().toString());
    assertTrue(operationsOf(server) < asked, "went on after operation " + asked);
    return false;
  }

  /** The folder of a server that was killed before that operation. */
  private Path killed(Path begun, int operation) throws Exception {
    Path server = folder.resolve(Integer.toString(operation));
    Files.createDirectories(server);
    try (Stream<Path> files = Files.list(begun)) {
      for (Path file : files.toList()) {
        Files.copy(file, server.resolve(file.getFileName()));
      }
    }
    Path said = server.resolve("said");
    int code =
        ChildJvm.of(MortalServer.class, server, operation, server.resolve("receipts"))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    assertTrue(code == 0 || code == MortalServer.DEAD, () -> code + "\n" + read(said));
    return server;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static CatalogSettings catalog(Path server) {
    return new CatalogSettings("jdbc:h2:file:" + server.resolve("catalog"), "acopio", "", 2);
  }

  /**
   * Starts the server of a folder again, sees that its receipts hold and nothing else is left, and
   * lets the agent come back.
   */
  static void recover(Path server, String when) throws Exception {
    try (DiskStorage storage =
            new DiskStorage(new StorageSettings(server.resolve("store"), 2, 16, 30));
        Catalog catalog = Catalog.open(catalog(server));
        Collector collector =
            new Collector(
                Server.LIMITS,
                storage,
                catalog,
                Clock.fixed(Server.NOW, ZoneOffset.UTC),
                "1.2.3",
                System::nanoTime)) {
      assertClean(storage, catalog, when + ", right after the next start");
      assertKept(server, when);

      List<String> digests = new ArrayList<>();
      MortalServer.collect(
          collector, MortalServer.LAST, receipt -> digests.add(receipt.digest().toString()));

      assertClean(storage, catalog, when + ", after the agent came back");
      assertKept(server, when);
      assertEquals(sorted(MortalServer.LAST), digests.stream().sorted().toList(), when);
      assertAllThere(server.resolve("store"), when);
    }
  }

  private static void assertClean(DiskStorage storage, Catalog catalog, String when)
      throws IOException {
    var report =
        new Check(catalog, storage, Clock.fixed(Server.NOW, ZoneOffset.UTC))
            .run(CheckOptions.asked(true, false), bytes -> {}, new CheckProgress(), false);
    assertEquals(List.of(), report.findings(), when);
  }

  /** Every receipt that was given holds. */
  private static void assertKept(Path server, String when) throws IOException {
    Path receipts = server.resolve("receipts");
    if (Files.exists(receipts)) {
      for (String receipt : Files.readAllLines(receipts)) {
        String[] parts = receipt.split(" ", 2);
        Path file = server.resolve("store").resolve(parts[1]);
        assertEquals(parts[0], digest(file), when + ": " + parts[1]);
      }
    }
  }

  /** What is on the PC, each once; and the version before, when it was stored in time. */
  private static void assertAllThere(Path store, String when) throws IOException {
    List<String> there = new ArrayList<>();
    try (Stream<Path> files = Files.walk(store.resolve(MortalServer.FOLDER))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        there.add(digest(file));
      }
    }
    String before = MortalServer.WAVES.get(0).get("/fotos/a.jpg").digest().toString();
    if (there.size() > MortalServer.LAST.get(0).size()) {
      assertTrue(there.remove(before), when);
    }
    assertEquals(sorted(MortalServer.LAST), there.stream().sorted().toList(), when);
  }

  private static List<String> sorted(List<Map<String, Photo>> waves) {
    return waves.stream()
        .flatMap(wave -> wave.values().stream())
        .map(photo -> photo.digest().toString())
        .sorted()
        .toList();
  }

  private static String digest(Path file) throws IOException {
    return Sha256.of(Sha256.start().digest(Files.readAllBytes(file))).toString();
  }
}
