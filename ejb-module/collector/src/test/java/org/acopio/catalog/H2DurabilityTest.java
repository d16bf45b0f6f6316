package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.acopio.process.ChildJvm;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit promised is there after a crash. */
class H2DurabilityTest {
  private static final int FILES = 100;
  private static final int CUTS = 40;

  @TempDir Path folder;

  /** Commits in a JVM that then ends without closing anything. */
  static final class Halting {
    public static void main(String[] arguments) {
      Catalog catalog = Catalog.open(settings(Path.of(arguments[0])));
      catalog.commit(files(new Samples(catalog), Integer.parseInt(arguments[1])));
      Runtime.getRuntime().halt(0);
    }
  }

  private static CatalogSettings settings(Path file) {
    return new CatalogSettings("jdbc:h2:file:" + file, "acopio", "", 2);
  }

  private static List<NewFile> files(Samples samples, int round) {
    samples.uploadsFrom(firstUpload(round));
    return IntStream.range(0, FILES).mapToObj(i -> samples.file("p" + i, round + "/" + i)).toList();
  }

  private static long firstUpload(int round) {
    return round * 1_000L;
  }

  private static List<Long> uploads(int round) {
    long first = firstUpload(round);
    return LongStream.range(first, first + FILES).boxed().toList();
  }

  @Test
  void commitSurvivesTheDeathOfItsProcess() throws Exception {
    Path file = folder.resolve("catalog");
    for (int round = 1; round <= 2; round++) {
      Process child =
          ChildJvm.of(Halting.class, file, round)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("child.log").toFile())
              .start();
      assertEquals(0, child.waitFor(), () -> read(folder.resolve("child.log")));
      assertAllFound(file, round);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void assertAllFound(Path file, int rounds) {
    try (Catalog catalog = Catalog.open(settings(file))) {
      for (int round = 1; round <= rounds; round++) {
        Map<Long, StoredFile> found = catalog.committed(uploads(round));
        assertEquals(FILES, found.size(), "files of commit " + round);
        for (StoredFile stored : found.values()) {
          assertEquals(round, stored.receipt().version());
        }
      }
    }
  }

  /** Opens what the disk would hold after a power cut: the file as it was at its last sync. */
  @Test
  void commitIsSyncedWhenItReturns() throws Exception {
    SyncedFiles synced = new SyncedFiles();
    FilePath.register(synced);
    try {
      Path file = folder.resolve("catalog");
      var settings = new CatalogSettings("jdbc:h2:synced:" + file, "acopio", "", 2);
      try (Catalog catalog = Catalog.open(settings)) {
        Samples samples = new Samples(catalog);
        for (int round = 1; round <= 3; round++) {
          catalog.commit(files(samples, round));
          Path copy = folder.resolve("after-power-cut-" + round);
          Files.copy(SyncedFiles.copyOf(Path.of(file + ".mv.db")), Path.of(copy + ".mv.db"));
          assertAllFound(copy, round);
        }
      }
    } finally {
      FilePath.unregister(synced);
    }
  }

  /** A disk writes in the order it likes, and a power cut may come between any two blocks. */
  @Test
  void whateverAPowerCutLeavesOfWhatWasNotSyncedCommitsAreThere() throws Exception {
    TornFiles torn = new TornFiles();
    FilePath.register(torn);
    try {
      Path file = folder.resolve("catalog");
      // Space in the file is used again at once, as it is after its retention of 45 s.
      var settings =
          new CatalogSettings("jdbc:h2:torn:" + file + ";RETENTION_TIME=0", "acopio", "", 4);
      Queue<Long> given = new ConcurrentLinkedQueue<>();
      List<Set<Long>> promised = new CopyOnWriteArrayList<>();
      try (Catalog catalog = Catalog.open(settings)) {
        Samples samples = new Samples(catalog);
        Random dice = new Random(7);
        TornFiles.beforeSync(
            () -> {
              if (dice.nextInt(5) == 0 && promised.size() < CUTS) {
                TornFiles.cut(mv(file), mv(cutOf(promised.size())), dice);
                promised.add(Set.copyOf(given));
              }
            });
        List<Thread> writers =
            IntStream.range(0, 3)
                .mapToObj(
                    i ->
                        new Thread(
                            () ->
                                commitUntil(
                                    () -> promised.size() == CUTS,
                                    catalog,
                                    samples,
                                    i + "/",
                                    given)))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
          writer.join();
        }
      } finally {
        TornFiles.beforeSync(() -> {});
      }
      for (int cut = 0; cut < CUTS; cut++) {
        try (Catalog after = Catalog.open(settings(cutOf(cut)))) {
          Set<Long> lost = new TreeSet<>(promised.get(cut));
          lost.removeAll(after.committed(promised.get(cut)).keySet());
          assertEquals(Set.of(), lost, "power cut " + cut);
        }
      }
    } finally {
      FilePath.unregister(torn);
    }
  }

  private static void commitUntil(
      BooleanSupplier over, Catalog catalog, Samples samples, String path, Queue<Long> given) {
    for (int n = 0; !over.getAsBoolean(); n++) {
      NewFile one = samples.file(path + n, "content");
      catalog.commit(List.of(one));
      given.add(one.upload());
    }
  }

  private static Path mv(Path file) {
    return Path.of(file + ".mv.db");
  }

  private Path cutOf(int number) {
    return folder.resolve("cut-" + number);
  }

  /** Whoever is told of a file while its commit is on the way can rely on it as well. */
  @Test
  void whatAReaderSawIsSyncedToo() throws Exception {
    SyncedFiles synced = new SyncedFiles();
    FilePath.register(synced);
    try {
      Path file = folder.resolve("catalog");
      var settings = new CatalogSettings("jdbc:h2:synced:" + file, "acopio", "", 4);
      try (Catalog catalog = Catalog.open(settings)) {
        Samples samples = new Samples(catalog);
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer =
            new Thread(
                () -> {
                  for (int i = 0; !stop.get(); i++) {
                    catalog.commit(List.of(samples.file("w" + i, "w" + i)));
                  }
                });
        writer.start();
        try {
          for (int i = 0; i < 3; i++) {
            Sha256 last = waitFor(catalog, samples, i * 3);
            Path copy = folder.resolve("seen-" + i);
            Files.copy(SyncedFiles.copyOf(Path.of(file + ".mv.db")), Path.of(copy + ".mv.db"));
            try (Catalog after = Catalog.open(settings(copy))) {
              assertTrue(after.places(List.of(last)).containsKey(last), "file " + i * 3);
            }
          }
        } finally {
          stop.set(true);
          writer.join();
        }
      }
    } finally {
      FilePath.unregister(synced);
    }
  }

  private static Sha256 waitFor(Catalog catalog, Samples samples, int number) {
    Sha256 digest = Samples.digest("w" + number);
    while (catalog.delivered(samples.agent, List.of(digest)).isEmpty()) {
      Thread.onSpinWait();
    }
    return digest;
  }
}
