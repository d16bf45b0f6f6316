package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.PostgresServer;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database goes away while an agent collects, and comes back. */
class DatabaseOutageTest {
  /** More requests than any commit has. */
  private static final int MANY = 1_000;

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNobodyHasToHelp() throws Exception {
    PostgresServer first = PostgresServer.start(folder.resolve("database"), 0);
    CatalogSettings settings = first.freshDatabase();
    try (Server server = new Server(folder, Server.LIMITS, UnaryOperator.identity(), settings)) {
      Agent agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
      Photo before = Photo.of(6_000, 1);
      Photo during = Photo.of(7_000, 2);
      Receipt stored = agent.store(before, "/before.jpg");
      Verdict.Send send = agent.begin(during.at("/during.jpg"));
      agent.send(during, send.upload(), 0, 1_750);
      first.close();

      // Bytes need no catalog; a receipt does.
      agent.send(during, send.upload(), 1_750, during.size());
      assertNoReceipt(agent, during, send.upload());
      assertEquals(
          CollectorException.Code.UNAVAILABLE,
          assertThrows(CollectorException.class, () -> agent.offer(before.at("/x.jpg"))).code());
      assertEquals(List.of(stored.storedAs()), server.files(), "no name without its row");

      try (PostgresServer second = PostgresServer.start(folder.resolve("database"), first.port())) {
        assertEquals(first.port(), second.port());
        Verdict.Send resumed = agent.begin(during.at("/during.jpg"));
        assertEquals(send.upload(), resumed.upload());
        assertEquals(List.of(), resumed.missing(), "what was acknowledged is there");
        Receipt receipt = Agent.stored(agent.finish(during.claim(send.upload())).get(0));
        assertArrayEquals(during.bytes(), agent.read(receipt));
        assertArrayEquals(before.bytes(), agent.read(stored));
        assertClean(server);
      }
    }
  }

  /**
   * The line to the database breaks at each request of a commit, before it arrives or with its
   * answer. Meanwhile another PC behind the same address wants the same name.
   */
  @Test
  void whereTheAnswerOfACommitIsLostNameAndRowStayTogether() throws Exception {
    try (PostgresServer database = PostgresServer.start(folder.resolve("database"), 0);
        BreakingLine line = new BreakingLine(database.port())) {
      CatalogSettings settings = through(line, database.freshDatabase());
      try (Server server = new Server(folder, Server.LIMITS, UnaryOperator.identity(), settings)) {
        Agent one = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
        Agent other = Agent.known(new Direct(server.collector, "192.0.2.17"));
        int broken = 0;
        for (boolean answerLost : new boolean[] {false, true}) {
          int requests = 0;
          for (boolean broke = true; broke; requests++) {
            String path = "/" + answerLost + requests + ".jpg";
            Photo first = Photo.of(6_000, 2L * broken);
            Photo second = Photo.of(6_000, 2L * broken + 1);
            long upload = one.sent(first, path);
            line.breakAfter(requests, answerLost);
            Completion answer = one.finish(first.claim(upload)).get(0);
            broke = line.broke();
            broken += broke ? 1 : 0;
            Receipt theirs = other.store(second, path);
            Receipt ours =
                answer instanceof Completion.Stored
                    ? Agent.stored(answer)
                    : offeredAgain(one, first, path);
            assertArrayEquals(first.bytes(), one.read(ours));
            assertArrayEquals(second.bytes(), other.read(theirs));
            assertEquals(1, ours.version(), "once");
            assertEquals(1, theirs.version(), "once");
          }
        }
        assertTrue(broken > 10, broken + " requests are not a commit");
        assertEquals(0, server.workingFiles());
        assertClean(server);
      }
    }
  }

  /**
   * The database itself is killed in the middle of a commit, before it hears of its end or right
   * after it has it, and started again on the same folder. Whatever it has then, there is no
   * receipt without a row, and no file has two.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereTheDatabaseIsKilledInACommitAFileIsStoredOnce(boolean committed) throws Exception {
    PostgresServer first = PostgresServer.start(folder.resolve("database"), 0);
    try (first;
        BreakingLine line = new BreakingLine(first.port())) {
      CatalogSettings direct = first.freshDatabase();
      CatalogSettings settings = through(line, direct);
      try (Server server = new Server(folder, Server.LIMITS, UnaryOperator.identity(), settings)) {
        Agent agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
        Photo before = Photo.of(6_000, 1);
        agent.store(before, "/warm.jpg");
        long upload = agent.sent(before, "/before.jpg");
        line.breakAfter(MANY, false);
        Receipt stored = Agent.stored(agent.finish(before.claim(upload)).get(0));
        int requests = line.passedOf(MANY);

        Photo during = Photo.of(6_000, 2);
        upload = agent.sent(during, "/during.jpg");
        long rows = rows(direct);
        line.breakAfter(
            requests - 1,
            committed,
            () -> {
              if (committed) {
                Awaitility.await().until(() -> rows(direct) > rows);
              }
              first.kill();
            });
        assertEquals(Optional.empty(), finished(agent, during, upload), "no receipt");
        assertTrue(line.broke());
        first.close();
        try (PostgresServer again =
            PostgresServer.start(folder.resolve("database"), first.port())) {
          assertEquals(committed ? rows + 1 : rows, rows(direct), "as it was killed");
          Receipt receipt = collected(agent, during, "/during.jpg");
          assertEquals(1, receipt.version());
          assertEquals(again.port(), first.port());
          assertEquals(rows + 1, rows(direct), "no version is made twice");
          assertArrayEquals(during.bytes(), agent.read(receipt));
          assertArrayEquals(before.bytes(), agent.read(stored));
          assertEquals(0, server.workingFiles());
          assertClean(server);
        }
      }
    }
  }

  private static long rows(CatalogSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from file")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static CatalogSettings through(BreakingLine line, CatalogSettings direct) {
    String url = direct.url().replaceFirst(":\\d+/", ":" + line.port() + "/");
    return new CatalogSettings(url, direct.user(), direct.password(), 2);
  }

  /** The receipt; nothing when there is none, for whatever reason that another try may end. */
  private static Optional<Receipt> finished(Agent agent, Photo photo, long upload)
      throws Exception {
    try {
      Completion answer = agent.finish(photo.claim(upload)).get(0);
      return answer instanceof Completion.Stored
          ? Optional.of(Agent.stored(answer))
          : Optional.empty();
    } catch (CollectorException e) {
      assertEquals(CollectorException.Code.UNAVAILABLE, e.code());
      return Optional.empty();
    }
  }

  /** As a real agent does: what fails while connections of before are found dead is asked again. */
  private static Receipt collected(Agent agent, Photo photo, String path) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> tried(agent, photo, path), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<Receipt> tried(Agent agent, Photo photo, String path) throws Exception {
    try {
      Verdict verdict = agent.offer(photo.known(path)).get(0);
      if (verdict instanceof Verdict.Have have) {
        return Optional.of(have.receipt());
      }
      Verdict.Send send = assertInstanceOf(Verdict.Send.class, verdict);
      agent.send(photo, send);
      return finished(agent, photo, send.upload());
    } catch (CollectorException e) {
      assertEquals(CollectorException.Code.UNAVAILABLE, e.code());
      return Optional.empty();
    }
  }

  private static Receipt offeredAgain(Agent agent, Photo photo, String path) throws Exception {
    Verdict verdict = agent.offer(photo.known(path)).get(0);
    if (verdict instanceof Verdict.Have have) {
      return have.receipt();
    }
    Verdict.Send send = assertInstanceOf(Verdict.Send.class, verdict);
    assertEquals(List.of(), send.missing(), "what was acknowledged is there");
    return Agent.stored(agent.finish(photo.claim(send.upload())).get(0));
  }

  private static void assertClean(Server server) throws Exception {
    assertEquals(
        List.of(),
        new Check(server.catalog, (DiskStorage) server.storage, Clock.systemUTC())
            .run(CheckOptions.asked(true, false), bytes -> {}, new CheckProgress(), false)
            .findings());
  }

  private static void assertNoReceipt(Agent agent, Photo photo, long upload) throws Exception {
    try {
      Completion answer = agent.finish(photo.claim(upload)).get(0);
      assertEquals(Refused.Reason.STORE_FAILED, assertInstanceOf(Refused.class, answer).reason());
    } catch (CollectorException e) {
      assertEquals(CollectorException.Code.UNAVAILABLE, e.code());
    }
  }
}
