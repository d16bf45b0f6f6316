package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.check.CheckReport;
import org.acopio.check.Finding;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Receipt;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clock is set ten years forward or back between any two calls of an agent. */
class ClockJumpCollectTest {
  private static final Duration TEN_YEARS = Duration.ofDays(3_652);
  private static final int[] JUMPS = {-1, 0, 1};

  @TempDir Path folder;
  private final JumpingClock jumps = new JumpingClock();
  private final Clock clock = jumps.withZone(ZoneOffset.UTC);

  /** Set anew before each call, by a pattern that begins anew at its end. */
  private static final class JumpingClock implements InstantSource {
    private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");
    private int[] pattern = {0};
    private int calls;

    void call() {
      calls++;
    }

    @Override
    public Instant instant() {
      return NOW.plus(TEN_YEARS.multipliedBy(pattern[calls % pattern.length])).plusSeconds(calls);
    }
  }

  /** Every call finds another time. */
  private FileCollector jumping(FileCollector server) {
    return (FileCollector)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {FileCollector.class},
            (proxy, method, arguments) -> {
              jumps.call();
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** How many unfinished files a start leaves whose clock is so far ahead. */
  private int leftByAStart(Duration ahead) {
    try (Storage storage = store();
        Catalog catalog = catalog();
        Collector collector = started(storage, catalog, ahead)) {
      return collector.progress().condition().unfinished();
    }
  }

  private Storage store() {
    return new DiskStorage(new StorageSettings(folder.resolve("store"), 2, 16, 30));
  }

  private Catalog catalog() {
    return Catalog.open(
        new CatalogSettings("jdbc:h2:file:" + folder.resolve("catalog"), "acopio", "", 2));
  }

  /** The age of what is on the disk goes by the real clock. */
  private static Collector started(Storage storage, Catalog catalog, Duration ahead) {
    return new Collector(
        Server.LIMITS,
        storage,
        catalog,
        Clock.offset(Clock.systemUTC(), ahead),
        "test",
        System::nanoTime);
  }

  private void leaveAFileUnfinished() throws Exception {
    try (Storage storage = store();
        Catalog catalog = catalog();
        Collector collector = started(storage, catalog, Duration.ZERO)) {
      Agent agent = Agent.fresh(new Direct(collector, "192.0.2.17"));
      Photo photo = Photo.of(900, 1);
      agent.send(photo, agent.begin(photo.at("/1.jpg")).upload(), 0, 300);
    }
  }

  @Test
  void unfinishedFilesWaitForTheirAgentAlthoughTheClockIsWrongAtAStart() throws Exception {
    leaveAFileUnfinished();
    assertEquals(1, leftByAStart(TEN_YEARS));
    assertEquals(1, leftByAStart(TEN_YEARS.plusHours(23)));
    assertEquals(1, leftByAStart(Duration.ofDays(1)));
    assertEquals(1, leftByAStart(TEN_YEARS.plusDays(2)), "wrong again");
    assertEquals(0, leftByAStart(TEN_YEARS.plusDays(3)), "for a day, so it is right");
  }

  @Test
  void unfinishedFilesAreGivenUpByTheSecondStartAfterALongStop() throws Exception {
    leaveAFileUnfinished();
    assertEquals(1, leftByAStart(Duration.ofDays(31)));
    assertEquals(1, leftByAStart(Duration.ofDays(31).plusHours(23)));
    assertEquals(0, leftByAStart(Duration.ofDays(32)));
  }

  /** A file has its name, and the database is gone before its row is in it. */
  private void leaveAFileWithoutItsRow() throws Exception {
    try (Storage storage = store();
        Catalog catalog = catalog();
        Collector collector =
            started(andThen(storage, "place", catalog::close), catalog, Duration.ZERO)) {
      Agent agent = Agent.fresh(new Direct(collector, "192.0.2.17"));
      Photo photo = Photo.of(900, 2);
      long upload = agent.sent(photo, "/2.jpg");
      assertFalse(agent.finish(photo.claim(upload)).get(0) instanceof Completion.Stored);
    }
  }

  /** The same storage; something happens after a call of it. */
  private static Storage andThen(Storage storage, String call, Runnable happens) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().equals(call)) {
                  happens.run();
                }
              }
            });
  }

  @Test
  void checkThatSettlesWhatAServerLeftGivesNothingUpWhileTheClockIsWrong() throws Exception {
    leaveAFileUnfinished();
    leaveAFileWithoutItsRow();
    try (DiskStorage storage = (DiskStorage) store();
        Catalog catalog = catalog()) {
      assertEquals(2, storage.unfinished());
      CheckReport report =
          new Check(catalog, storage, Clock.offset(Clock.systemUTC(), TEN_YEARS))
              .run(CheckOptions.asked(false, true), bytes -> {}, new CheckProgress(), true);
      assertEquals(
          List.of(Finding.Kind.LEFT_BY_CRASH),
          report.findings().stream().map(Finding::kind).toList());
      assertEquals(2, storage.unfinished());
    }
  }

  /** All patterns of three: each jump follows and precedes each other. */
  @Test
  void nothingExpiresAndNothingIsLost() throws Exception {
    try (Server server = new Server(folder, Server.LIMITS);
        Collector collector =
            new Collector(Server.LIMITS, server.storage, server.catalog, clock, "test")) {
      Agent agent = Agent.fresh(jumping(new Direct(collector, "192.0.2.17")));
      int number = 0;
      for (int first : JUMPS) {
        for (int second : JUMPS) {
          for (int third : JUMPS) {
            jumps.pattern = new int[] {first, second, third};
            number++;
            Photo photo = Photo.of(900 + number, number);
            String path = "/" + number + ".jpg";
            Verdict.Send half = agent.begin(photo.at(path));
            agent.send(photo, half.upload(), 0, 300);
            collector.progress().collections(10);
            Receipt receipt = agent.store(photo, path);
            assertEquals(photo.digest(), receipt.digest());
            assertArrayEquals(photo.bytes(), Files.readAllBytes(server.file(receipt.storedAs())));
            assertArrayEquals(photo.bytes(), agent.read(receipt));
            Verdict.Have have =
                assertInstanceOf(Verdict.Have.class, agent.offer(photo.known(path)).get(0));
            assertEquals(receipt, have.receipt());
          }
        }
      }
      assertEquals(number, agent.close().stored());
      assertTrue(
          new Check(server.catalog, (DiskStorage) server.storage, clock)
              .run(new CheckOptions(true, false, true, 1), bytes -> {}, new CheckProgress(), false)
              .findings()
              .isEmpty());
    }
  }
}
