package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.acopio.account.Account;
import org.acopio.account.Accounts;
import org.acopio.account.Login;
import org.acopio.account.Role;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away. */
class PostgresOutageTest {
  /** Six and the noise of a busy machine. */
  private static final Duration A_FEW_SECONDS = Duration.ofSeconds(15);

  @TempDir Path folder;

  @Test
  void catalogWorksAgainAfterTheDatabaseWasRestarted() throws Exception {
    PostgresServer first = PostgresServer.start(folder.resolve("data"), 0);
    CatalogSettings settings = first.freshDatabase();
    try (Catalog catalog = Catalog.open(settings)) {
      Samples samples = new Samples(catalog);
      StoredFile before = catalog.commit(List.of(samples.file("a", "1"))).get(0);
      NewFile next = samples.file("a", "2");
      first.close();
      assertUnavailable(() -> catalog.commit(List.of(next)));
      assertUnavailable(catalog::totals);
      try (PostgresServer second = PostgresServer.start(folder.resolve("data"), first.port())) {
        assertEquals(first.port(), second.port());
        StoredFile after = catalog.commit(List.of(next)).get(0);
        assertEquals(2, after.receipt().version());
        assertEquals(List.of(before, after), catalog.list(samples.agent, 0, 10));
      }
    }
  }

  /** Whatever the database was told: a commit that it has not written is no commit. */
  @Test
  void whatWasCommittedIsThereAfterTheDatabaseWasKilled() throws Exception {
    PostgresServer first = PostgresServer.start(folder.resolve("data"), 0, "off");
    try (first;
        Catalog catalog = Catalog.open(first.freshDatabase())) {
      Samples samples = new Samples(catalog);
      StoredFile stored = catalog.commit(List.of(samples.file("a", "1"))).get(0);
      first.kill();
      first.close();
      assertUnavailable(catalog::totals);
      try (PostgresServer second = PostgresServer.start(folder.resolve("data"), first.port())) {
        assertEquals(first.port(), second.port());
        assertEquals(List.of(stored), catalog.list(samples.agent, 0, 10));
      }
    }
  }

  /** A page asks many things, and many agents ask one after the other. */
  @Test
  void waitsForADatabaseThatIsAwayDoNotAddUp() throws Exception {
    PostgresServer database = PostgresServer.start(folder.resolve("data"), 0);
    try (database;
        Catalog catalog = Catalog.open(database.freshDatabase())) {
      catalog.totals();
      database.close();
      assertTimeoutPreemptively(
          A_FEW_SECONDS,
          () -> {
            for (int i = 0; i < 20; i++) {
              assertThrows(CatalogException.class, catalog::totals);
            }
          });
    }
  }

  /** As the account was; a wrong password stays wrong, and whoever never came is not known. */
  @Test
  void whoLoggedInBeforeCanDoSoAgainWhileTheDatabaseIsAway() throws Exception {
    PostgresServer database = PostgresServer.start(folder.resolve("data"), 0);
    try (Catalog catalog = Catalog.open(database.freshDatabase())) {
      Accounts accounts = new Accounts(catalog.accounts(), Clock.systemUTC());
      String password = accounts.makeFirst().orElseThrow();
      String viewer = accounts.add("viewer", Role.VIEWER);
      Account account = welcome(accounts.login("admin", password, "192.0.2.7"));
      accounts.current("admin", account.number(), account.generation());
      database.close();
      assertEquals(account, welcome(accounts.login("admin", password, "192.0.2.7")));
      assertInstanceOf(Login.Wrong.class, accounts.login("admin", "another", "192.0.2.7"));
      assertUnavailable(() -> accounts.login("viewer", viewer, "192.0.2.7"));
    } finally {
      database.close();
    }
  }

  private static Account welcome(Login login) {
    return assertInstanceOf(Login.Welcome.class, login).account();
  }

  private static void assertUnavailable(Runnable call) {
    var failure =
        assertTimeoutPreemptively(
            A_FEW_SECONDS, () -> assertThrows(CatalogException.class, call::run));
    assertTrue(failure.retryable(), failure.getMessage());
  }

  /** The kernel takes the connection, and nobody ever answers. */
  @Test
  void silentDatabaseIsNotWaitedForLong() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url =
          "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/db?user=me&password=hush";
      var settings = new CatalogSettings(url, "me", "hush", 2);
      var failure =
          assertTimeoutPreemptively(
              A_FEW_SECONDS,
              () -> assertThrows(CatalogException.class, () -> Catalog.open(settings)));
      assertTrue(failure.retryable(), failure.getMessage());
      assertTrue(!failure.getMessage().contains("hush"), failure.getMessage());
    }
  }
}
