package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose database is killed, in the middle of its commits, and comes back. */
class KilledDatabaseIT {
  private static final int SMALL = 1_200;

  @TempDir Path temp;

  @Test
  void aDatabaseKilledWhileAnAgentCollectsCostsNothingAndNobodyHasToHelp() throws Exception {
    Path photos = new Media(71).library(temp.resolve("photos"), SMALL, 30_000_000);
    Path data = temp.resolve("data");
    Path store = data.resolve("store");
    try (MortalPostgres database = new MortalPostgres(temp.resolve("database"))) {
      try (ServerProcess server = ServerProcess.start(data, database.catalog())) {
        String password = AdminHttp.firstPassword(server);
        Person inside = Person.cookie(server::http, "admin", password);
        Serving.assertOverview(inside);
        try (AgentProcess agent =
            Collected.start(Map.of(), server.rmiAddress(), temp.resolve("journal"), photos)) {
          awaitStored(agent, store, 100);
          database.kill();
          awaitCatalog(server, false);
          Serving.assertOverview(inside);
          Serving.assertOverview(Person.cookie(server::http, "admin", password));
          database.revive();
          awaitCatalog(server, true);
          for (long stored : new long[] {400, 800}) {
            awaitStored(agent, store, stored);
            database.kill();
            database.revive();
          }
          assertEquals(0, agent.awaitExit(), () -> agent.output() + "\n" + server.output());
          Collected run = Collected.from(agent);
          run.allArrived(photos, store);
          assertEquals(SMALL + 1, run.events("file").size(), "one result for each file");
        }
        awaitCatalog(server, true);
        assertEquals(SMALL + 1, StoredFiles.count(store), "nothing is stored twice");
        assertEquals(SMALL + 1, database.number("select count(*) from file where version = 1"));
        assertEquals(SMALL + 1, database.number("select count(*) from file"));
        Checked.assertClean(data, database.catalog());
        assertEquals(143, server.stop());
      }
      try (ServerProcess again = ServerProcess.start(data, database.catalog())) {
        awaitCatalog(again, true);
        Checked.assertClean(data, database.catalog());
        assertEquals(143, again.stop());
      }
      Checked.assertClean(data, database.catalog());
    }
  }

  /** So many files stand in the store, and the agent goes on. */
  private static void awaitStored(AgentProcess agent, Path store, long files) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> StoredFiles.count(store) >= files || !agent.isAlive());
    assertTrue(agent.isAlive(), agent.output()::toString);
  }

  /**
   * Console and {@code /health/ready} say whether the catalog is there; the server is up anyway.
   */
  private static void awaitCatalog(ServerProcess server, boolean there) throws Exception {
    AdminHttp admin = new AdminHttp(server);
    Serving.awaitProblem(admin, "catalog-away", !there);
    HttpResponse<String> ready = Person.nobody(server::http).ask("GET", "/health/ready");
    assertEquals(there ? 200 : 503, ready.statusCode(), ready::body);
    assertEquals(!there, ready.body().contains("catalog"), ready::body);
    assertEquals(200, Person.nobody(server::http).ask("GET", "/health/live").statusCode());
  }
}
