package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.acopio.process.ChildJvm;
import org.acopio.remote.StoredFile;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SingleFileStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged H2 file is made anew from what is in it, completely or not at all. */
class CatalogFileTest {
  private static final int FILES = 600;
  private static final int BLOCK = 4096;

  @TempDir Path folder;

  private Path file;
  private CatalogSettings settings;
  private long agent;
  private List<StoredFile> files;
  private List<PastSession> sessions;

  @BeforeEach
  void fill() {
    file = folder.resolve("catalog.mv.db");
    settings = settings("secret");
    try (Catalog catalog = Catalog.open(settings)) {
      Samples samples = new Samples(catalog);
      agent = samples.agent;
      files =
          catalog.commit(
              IntStream.range(0, FILES)
                  .mapToObj(i -> samples.file("p" + i % 500, "content " + i))
                  .toList());
      catalog.addPastSessions(List.of(session()));
      sessions = catalog.pastSessions(PastSessionQuery.newest(Optional.empty(), Long.MAX_VALUE, 9));
    }
  }

  private CatalogSettings settings(String password) {
    return new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", password, 2);
  }

  private static PastSession session() {
    return new PastSession(
        0, "rmi", "192.0.2.1", 1, 1099, Samples.NOW, Duration.ofSeconds(3), 4, 5, 6, "closed", "");
  }

  /**
   * Damages a sound file as H2 does it after a kill: its list of chunks has one that is dead, older
   * than those that H2 looks at first, and whose blocks belong to another by now.
   */
  private static void markTwice(Path file) {
    SingleFileStore space = new SingleFileStore(new HashMap<>());
    space.open(file.toString(), false, (char[]) null);
    try (MVStore store = new MVStore.Builder().adoptFileStore(space).autoCommitDisabled().open()) {
      for (int i = 0; i < 25; i++) {
        store.openMap("newer-" + i).put("key", "value");
        store.commit();
      }
      Map<String, String> victim =
          space.getLayoutMap().entrySet().stream()
              .filter(each -> each.getKey().startsWith("chunk."))
              .map(each -> DataUtils.parseMap(each.getValue()))
              .max(Comparator.comparingLong(chunk -> DataUtils.readHexLong(chunk, "version", 0)))
              .orElseThrow();
      space.saveChunkMetadataChanges(
          space.createChunk(
              "chunk:100000,block:%s,len:%s,pages:1,livePages:0,max:20,liveMax:0,map:1,root:0,time:1,unused:1,unusedAtVersion:1,version:1,occupancy:01"
                  .formatted(victim.get("block"), victim.get("len"))));
      store.openMap("newest").put("key", "value");
      store.commit();
    }
  }

  private void assertH2RefusesIt() {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> DriverManager.getConnection(settings.url(), "acopio", "secret").close());
    assertEquals(ErrorCode.FILE_CORRUPTED_1, refused.getErrorCode(), refused::toString);
  }

  private List<Path> beside() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !each.equals(file) && !each.toString().endsWith(".trace.db"))
          .toList();
    }
  }

  private void assertAllThere() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    try (Catalog catalog = Catalog.open(settings)) {
      assertEquals(files, catalog.list(agent, 0, FILES + 1));
      assertEquals(
          sessions,
          catalog.pastSessions(PastSessionQuery.newest(Optional.empty(), Long.MAX_VALUE, 9)));
      assertEquals(FILES, catalog.clients().agents(Listing.first(9)).get(0).holdings().files());
      Samples samples = new Samples(catalog);
      assertEquals(agent, samples.agent);
      samples.uploadsFrom(5);
      StoredFile next = catalog.commit(List.of(samples.file("p1", "one more"))).get(0);
      assertEquals(3, next.receipt().version());
      assertTrue(next.receipt().file() > files.get(FILES - 1).receipt().file());
      assertEquals(1, catalog.keptDamaged().size());
    }
    List<Path> kept = beside();
    assertEquals(1, kept.size(), kept::toString);
    assertTrue(kept.get(0).getFileName().toString().startsWith("catalog.mv.db.damaged-2"));
    assertArrayEquals(damaged, Files.readAllBytes(kept.get(0)));
    Catalog.open(settings).close();
    assertEquals(kept, beside(), "the new file is sound");
  }

  @Test
  void everyRowComesBackWhenSpaceIsMarkedTwice() throws IOException {
    markTwice(file);
    assertH2RefusesIt();
    assertAllThere();
  }

  @Test
  void garbageAtTheEndCostsNoRow() throws IOException {
    markTwice(file);
    byte[] garbage = new byte[50_001];
    new Random(1).nextBytes(garbage);
    Files.write(file, garbage, StandardOpenOption.APPEND);
    assertH2RefusesIt();
    assertAllThere();
  }

  @Test
  void damageTwiceKeepsBothFiles() throws IOException {
    for (int i = 1; i <= 2; i++) {
      markTwice(file);
      Catalog.open(settings).close();
      assertEquals(i, beside().size());
    }
  }

  @Test
  void soundFileStaysAsItIs() throws IOException {
    Catalog.open(settings).close();
    assertEquals(List.of(), beside());
  }

  /** A copy without the rows of that page would deny receipts that were given. */
  @Test
  void pageThatCannotBeReadIsNotLeftOut() throws IOException {
    markTwice(file);
    byte[] garbage = new byte[BLOCK];
    new Random(2).nextBytes(garbage);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      // Within the first chunk that has rows, behind its header and before its footer.
      long size = out.length();
      for (long at = 4 * BLOCK; at < size / 2; at += 7 * BLOCK) {
        out.seek(at + 1_000);
        out.write(garbage, 0, 2_000);
      }
    }
    assertRefusedUntouched("cannot be made anew");
  }

  @Test
  void fileOfZerosStopsTheStartAndIsKept() throws IOException {
    Files.write(file, new byte[20 * BLOCK]);
    assertRefusedUntouched("cannot be made anew");
  }

  @Test
  void fileOfNoiseStopsTheStartAndIsKept() throws IOException {
    byte[] noise = new byte[20 * BLOCK];
    new Random(3).nextBytes(noise);
    Files.write(file, noise);
    assertRefusedUntouched("cannot be made anew");
  }

  private CatalogException assertRefusedUntouched(String words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    var refused = assertThrows(CatalogException.class, () -> Catalog.open(settings));
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
    assertTrue(refused.getMessage().contains("backup"), refused.getMessage());
    assertFalse(refused.retryable());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of(), beside());
    return refused;
  }

  @Test
  void damagedFileIsNotMadeAnewForAWrongPassword() throws IOException {
    markTwice(file);
    byte[] before = Files.readAllBytes(file);
    var refused = assertThrows(CatalogException.class, () -> Catalog.open(settings("wrong")));
    assertTrue(refused.getMessage().contains("acopio.catalog.password"), refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(List.of(), beside());
  }

  /** Holds the lock of a file until its input ends. */
  static final class Holding {
    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
          FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.println("held");
        System.out.flush();
        while (System.in.read() >= 0) {
          // until it ends
        }
      }
    }
  }

  @Test
  void fileOfAnotherProcessIsNotDamaged() throws Exception {
    markTwice(file);
    byte[] before = Files.readAllBytes(file);
    Process other =
        ChildJvm.of(Holding.class, file).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var said = other.inputReader()) {
      assertEquals("held", said.readLine());
      var refused = assertThrows(CatalogException.class, () -> Catalog.open(settings));
      assertTrue(refused.retryable(), refused.getMessage());
      assertTrue(refused.getMessage().contains("no other server"), refused.getMessage());
      assertEquals(List.of(), beside());
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }
}
