package org.acopio.catalog;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Runs units of work, each in one transaction with one connection. Work that lost a race against
 * another transaction is done anew; work must therefore do nothing but read and write the catalog.
 * Whoever comes first when the database is away waits for the pool; who comes after that is told at
 * once, for as long as the database takes no connection.
 */
final class Transactions {
  /** A race is decided by whoever is first, so that every round has a winner. */
  private static final int MAX_ATTEMPTS = 20;

  private final EntityManagerFactory factory;
  private final HikariDataSource pool;
  private final Optional<DataSource> server;
  private final String shownUrl;
  private volatile boolean away;

  /**
   * @param server of a database that can be asked whether it is there beside the pool, which looks
   *     only now and then
   */
  Transactions(
      EntityManagerFactory factory,
      HikariDataSource pool,
      Optional<DataSource> server,
      String shownUrl) {
    this.factory = factory;
    this.pool = pool;
    this.server = server;
    this.shownUrl = shownUrl;
  }

  /**
   * Does the work and commits it.
   *
   * @param purpose what the caller wants, to complete "the catalog could not …"
   */
  <T> T run(String purpose, Function<EntityManager, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        if (away) {
          expectServer();
        }
        return once(work);
      } catch (CatalogException e) {
        throw e;
      } catch (SQLException e) {
        throw failure(purpose, e);
      } catch (RuntimeException e) {
        if (!Failures.isConflict(e) || attempt == MAX_ATTEMPTS) {
          throw failure(purpose, e);
        }
      }
    }
  }

  private void expectServer() throws SQLException {
    if (server.isPresent()) {
      server.get().getConnection().close();
      away = false;
    }
  }

  private <T> T once(Function<EntityManager, T> work) {
    EntityManager entities = factory.createEntityManager();
    boolean connected = true;
    try {
      entities.getTransaction().begin();
      T result = work.apply(entities);
      entities.getTransaction().commit();
      return result;
    } catch (RuntimeException e) {
      connected = !Failures.isWithoutConnection(e);
      throw e;
    } finally {
      abandon(entities, connected);
    }
  }

  /**
   * Ends a transaction that did not commit; what it failed of is already on its way up. For one
   * that got no connection EclipseLink would wait for another, only to roll nothing back.
   */
  private static void abandon(EntityManager entities, boolean connected) {
    try {
      if (connected && entities.isOpen() && entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
    } catch (RuntimeException e) {
      // The connection is gone, and the transaction with it.
      System.getLogger(Transactions.class.getName())
          .log(System.Logger.Level.DEBUG, "a rollback failed with its connection", e);
    } finally {
      if (entities.isOpen()) {
        entities.close();
      }
    }
  }

  /**
   * The exception for the caller; after an outage, every pooled connection is suspect. A disk that
   * is full or fails is one: H2 has many codes for it.
   */
  CatalogException failure(String purpose, Exception cause) {
    boolean outage = Failures.isOutage(cause) || Failures.isInputOutput(cause);
    if (outage && !pool.isClosed()) {
      away = true;
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    return exception(purpose, cause, outage || Failures.isConflict(cause));
  }

  /**
   * The exception for work that came to nothing because the database was opened anew under it. Its
   * connections are new ones: if they were given up, too, the file might be opened anew again, and
   * so on for as long as somebody tries.
   */
  CatalogException overtaken(String purpose, Exception cause) {
    return exception(purpose, cause, true);
  }

  private CatalogException exception(String purpose, Exception cause, boolean retryable) {
    return new CatalogException(
        "the catalog at %s could not %s: %s; %s"
            .formatted(
                shownUrl,
                purpose,
                Failures.reason(cause),
                retryable
                    ? "try again when the database answers"
                    : "trying again will not help, see the cause"),
        cause,
        retryable);
  }
}
