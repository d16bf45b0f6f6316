package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.acopio.remote.CollectionSummary;
import org.awaitility.Awaitility;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in a file of H2 whose disk is full for a while. */
@Timeout(180)
class FullCatalogDiskTest {
  private static final int CLIENTS = 6;
  private static final int TIMES = 5;
  private static final Duration FULL = Duration.ofSeconds(2);

  /** Longer than any call may take, on a machine that has much else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final FullFiles files = new FullFiles();
  private final Map<Integer, AtomicInteger> answered = new ConcurrentHashMap<>();
  private final Queue<Long> given = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  @AfterEach
  void unregister() {
    FullFiles.full(false);
    FilePath.unregister(files);
  }

  private CatalogSettings settings() {
    return new CatalogSettings( // Its trace would not go through the file system of this test, but
        // below the working directory.
        "jdbc:h2:full:" + folder.resolve("catalog") + ";TRACE_LEVEL_FILE=0", "acopio", "", 4);
  }

  @Test
  void nobodyWaitsForEverAndWhatWasSaidToBeThereIsThereAfterwards() throws Exception {
    FilePath.register(files);
    try (Catalog catalog = Catalog.open(settings())) {
      Samples samples = new Samples(catalog);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        answered.put(number, new AtomicInteger());
        Thread client = new Thread(() -> write(catalog, samples, number), "client-" + i);
        client.setDaemon(true);
        clients.add(client);
        client.start();
      }
      for (int time = 0; time < TIMES; time++) {
        awaitAnswers(3);
        FullFiles.full(true);
        Thread.sleep(FULL.toMillis());
        FullFiles.full(false);
      }
      awaitAnswers(3);
      over = true;
      for (Thread client : clients) {
        client.join(PATIENCE.toMillis());
        assertTrue(!client.isAlive(), () -> client + " is still at it");
      }
    }
    assertEquals(List.of(), List.copyOf(surprises));
    try (Catalog catalog = Catalog.open(settings())) {
      Set<Long> lost = new HashSet<>(given);
      lost.removeAll(catalog.committed(given).keySet());
      assertEquals(Set.of(), lost);
    }
  }

  @Test
  void whatAnOpenCollectionRestsOnIsThereWhenTheDiskHasRoomAgain() {
    FilePath.register(files);
    try (Catalog catalog = Catalog.open(settings())) {
      for (int time = 0; time < TIMES; time++) {
        Samples samples = new Samples(catalog, "agent " + time, "10.0.0." + time);
        FullFiles.full(true);
        assertThrows(
            CatalogException.class, () -> catalog.commit(List.of(samples.file("/x", "1"))));
        FullFiles.full(false);
        NewFile file = samples.file("/x", "2");
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> committed(catalog, file) == samples.collection);
      }
    }
  }

  /** H2 writes by itself, too, half a second after a change; nobody waits for that but us. */
  @Test
  void whatH2HasOnlyBegunToWriteIsNotOnDisk() throws Exception {
    FilePath.register(files);
    try (Catalog catalog = Catalog.open(settings())) {
      Samples samples = new Samples(catalog);
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        CatalogException refused =
            assertThrows(
                CatalogException.class,
                () ->
                    catalog.durability.committing(
                        () -> writtenByH2Itself(catalog, samples, other)));
        assertTrue(refused.retryable(), refused::toString);
      } finally {
        FullFiles.failHeld();
        other.shutdownNow();
      }
      NewFile file = samples.file("/x", "1");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> committed(catalog, file) == samples.collection);
    }
  }

  /** Returns when H2 writes what was committed; a moment later that fails. */
  private static long writtenByH2Itself(Catalog catalog, Samples samples, ExecutorService other) {
    FullFiles.hold();
    catalog.closed(
        samples.collection,
        Samples.NOW,
        new CollectionSummary(1, 2, 3, 4, 5, 6, Duration.ofSeconds(7)));
    try {
      FullFiles.awaitHeld();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    other.execute(
        () -> {
          LockSupport.parkNanos(FULL.toNanos());
          FullFiles.failHeld();
        });
    return samples.collection;
  }

  /** The collection that the catalog has for a file; 0 when it cannot take it yet. */
  private static long committed(Catalog catalog, NewFile file) {
    try {
      catalog.commit(List.of(file));
      return file.collection();
    } catch (CatalogException e) {
      assertTrue(e.retryable(), e::toString);
      return 0;
    }
  }

  /** Everybody gets some more answers. */
  private void awaitAnswers(int more) {
    answered.forEach(
        (client, count) -> {
          int wanted = count.get() + more;
          Awaitility.await("answers for client " + client)
              .atMost(PATIENCE)
              .until(() -> count.get() >= wanted);
        });
  }

  private void write(Catalog catalog, Samples samples, int client) {
    for (int i = 0; !over; i++) {
      NewFile file = samples.file(client + "/" + i, "content");
      try {
        catalog.client("10.0." + client + "." + i % 250, Samples.NOW);
        catalog.commit(List.of(file));
        given.add(file.upload());
        answered.get(client).incrementAndGet();
      } catch (CatalogException e) {
        if (!e.retryable()) {
          surprises.add(e);
        }
      } catch (RuntimeException e) {
        surprises.add(e);
      }
    }
  }
}
