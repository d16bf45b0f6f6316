package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.SyncedFiles;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.storage.PowerCutDisk;
import org.acopio.storage.PowerCutDisk.Names;
import org.acopio.storage.Storage;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receipt holds after a power cut right behind it, which takes every byte whose file and every
 * name whose directory was not synced, and all of the database that was not.
 */
class PowerCutTest {
  private static final int AGENTS = 3;
  private static final int WAVES = 8;

  @TempDir Path folder;
  private final SyncedFiles database = new SyncedFiles();
  private PowerCutDisk disk;
  private Storage storage;
  private Catalog catalog;
  private Collector collector;
  private int cuts;

  @BeforeEach
  void open() throws IOException {
    FilePath.register(database);
    disk = new PowerCutDisk(Files.createDirectory(folder.resolve("disk")));
    storage = disk.store(store());
    catalog = Catalog.open(catalog("synced", folder.resolve("catalog")));
    collector =
        new Collector(
            Server.LIMITS,
            storage,
            catalog,
            Clock.fixed(Server.NOW, ZoneOffset.UTC),
            "1.2.3",
            System::nanoTime);
  }

  @AfterEach
  void close() throws IOException {
    collector.close();
    catalog.close();
    storage.close();
    disk.close();
    FilePath.unregister(database);
  }

  /** The folder above it is not there either. */
  private Path store() {
    return folder.resolve("disk/data/store");
  }

  private static CatalogSettings catalog(String scheme, Path file) {
    return new CatalogSettings("jdbc:h2:" + scheme + ":" + file, "acopio", "", 4);
  }

  /** The database as of its last sync, for a server in {@code server}. */
  private void copyCatalog(Path server) throws IOException {
    Files.createDirectories(server);
    Files.copy(
        SyncedFiles.copyOf(Path.of(folder.resolve("catalog") + ".mv.db")),
        server.resolve("catalog.mv.db"));
  }

  /** Every other time with the names that the system wrote by itself, before the bytes. */
  @Test
  void everyReceiptHoldsAndTheServerGoesOn() throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    MortalServer.collect(
        collector,
        MortalServer.WAVES,
        receipt -> {
          receipts.add(receipt);
          try {
            assertTrue(disk.left(store().resolve(receipt.storedAs())).isPresent(), "its name");
            cut(receipts, receipts.size() % 2 == 1 ? Names.NONE : Names.ALL);
          } catch (Exception e) {
            throw new AssertionError("after receipt " + receipts.size(), e);
          }
        });
    assertEquals(5, receipts.size());
  }

  /** Nothing arrives meanwhile, so that store and catalog are of one moment. */
  private void cut(List<Receipt> receipts, Names unsynced) throws Exception {
    Path server = folder.resolve("cut-" + ++cuts);
    copyCatalog(server);
    disk.leave(store(), unsynced, server.resolve("store"));
    Files.write(
        server.resolve("receipts"),
        receipts.stream().map(one -> one.digest() + " " + one.storedAs()).toList());
    KillSweepTest.recover(
        server, "power cut after %d receipts, %s".formatted(receipts.size(), unsynced));
    try (Catalog after = Catalog.open(catalog("file", server.resolve("catalog")))) {
      for (Receipt receipt : receipts) {
        assertTrue(
            after.places(List.of(receipt.digest())).containsKey(receipt.digest()),
            receipt::toString);
      }
    }
  }

  /** A server that was killed, or whose disk failed, has left folders that were never synced. */
  @Test
  void folderThatWasThereIsNotTakenForDurable() throws Exception {
    Files.createDirectories(store().resolve("192.0.2.17/fotos/2019"));
    Agent agent = Agent.fresh(new Direct(collector, "192.0.2.17"));
    Photo photo = Photo.of(3_000, 1);
    assertLeft(photo, agent.store(photo, "/fotos/2019/a.jpg"));
  }

  /** Groups of several agents share syncs and commits; none gets its receipt by that too early. */
  @Test
  void receiptsOfManyAgentsHold() throws Exception {
    ExecutorService agents = Executors.newFixedThreadPool(AGENTS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 1; number <= AGENTS; number++) {
        int agent = number;
        all.add(
            agents.submit(
                () -> {
                  collect(agent);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      agents.shutdownNow();
    }
  }

  private void collect(int number) throws Exception {
    Agent agent = Agent.fresh(new Direct(collector, "192.0.2." + number));
    List<Sha256> stored = new ArrayList<>();
    for (int wave = 0; wave < WAVES; wave++) {
      Map<String, Photo> photos = new TreeMap<>();
      // One path gets a new version in each wave; one content is that of everybody.
      photos.put("/fotos/a.jpg", Photo.of(2_000, number * 100L + wave));
      photos.put("/fotos/%d/b.jpg".formatted(wave), Photo.of(5_000, number * 100L + wave + 50));
      photos.put("/fotos/%d/shared.jpg".formatted(wave), Photo.of(900, 7));
      List<FileDigest> claims = new ArrayList<>();
      for (Map.Entry<String, Photo> photo : photos.entrySet()) {
        claims.add(photo.getValue().claim(agent.sent(photo.getValue(), photo.getKey())));
      }
      List<Completion> completions = agent.finish(claims.toArray(FileDigest[]::new));
      int at = 0;
      for (Photo photo : photos.values()) {
        assertLeft(photo, Agent.stored(completions.get(at++)));
        stored.add(photo.digest());
      }
    }
    Path server = folder.resolve("agent-" + number);
    copyCatalog(server);
    try (Catalog after = Catalog.open(catalog("file", server.resolve("catalog")))) {
      for (Sha256 digest : stored) {
        assertTrue(after.places(List.of(digest)).containsKey(digest), digest::toString);
      }
    }
  }

  private void assertLeft(Photo photo, Receipt receipt) throws IOException {
    byte[] left =
        disk.left(store().resolve(receipt.storedAs()))
            .orElseThrow(() -> new AssertionError(receipt + " has no name after a power cut"));
    assertArrayEquals(photo.bytes(), left, receipt::toString);
  }
}
