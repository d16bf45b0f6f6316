package org.acopio.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** The steps from settings to a catalog in working order. */
final class Opening {
  private static final String MIGRATIONS = "classpath:org/acopio/catalog/migration";

  /**
   * How long a call waits for a connection before it fails. The pool's own attempts are up to five
   * seconds apart, so that a call made when the database is back does not fail any more.
   */
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(6);

  private static final Duration VALIDATION_WAIT = Duration.ofSeconds(1);

  private final CatalogSettings settings;
  private final Database database;

  Opening(CatalogSettings settings) {
    this.settings = settings;
    database = Database.of(settings.url());
  }

  /** Connections, of which one is open; it keeps an H2 file open too. */
  HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("acopio-catalog");
    config.setDataSource(database.pooled(settings));
    config.setConnectionInitSql(database.connectionSetup());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(VALIDATION_WAIT.toMillis());
    config.setInitializationFailTimeout(1);
    if (database == Database.H2) {
      // The last connection to leave closes the file; there is no server to grow old on.
      config.setMaxLifetime(0);
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Brings the schema to this version. */
  void migrate() {
    Flyway.configure(Catalog.class.getClassLoader())
        .dataSource(database.dataSource(settings))
        .locations(MIGRATIONS)
        .loggers("slf4j")
        .validateMigrationNaming(true)
        // Without exceptions: a migration that only a newer version knows is refused, not skipped.
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  /**
   * The entities over {@code pool}. The session has a name of its own: EclipseLink shares those.
   */
  EntityManagerFactory entities(HikariDataSource pool) {
    EntityManagerFactory factory =
        Persistence.createEntityManagerFactory(
            "acopio",
            Map.of(
                "jakarta.persistence.nonJtaDataSource",
                pool,
                "eclipselink.target-database",
                database.platform(),
                "eclipselink.session-name",
                "acopio-" + UUID.randomUUID(),
                "eclipselink.classloader",
                Catalog.class.getClassLoader()));
    // EclipseLink would try four times with five seconds between; the caller decides about that.
    DatabaseLogin login = factory.unwrap(DatabaseSession.class).getLogin();
    login.setQueryRetryAttemptCount(0);
    login.setConnectionHealthValidatedOnError(false);
    return factory;
  }

  /** Why the catalog did not open, and what to do about it. */
  CatalogException failure(RuntimeException cause) {
    if (cause instanceof CatalogException known) {
      return known;
    }
    boolean retryable = Failures.isOutage(cause);
    return new CatalogException(
        "cannot open the catalog at %s as user '%s': %s; %s"
            .formatted(settings.shownUrl(), settings.user(), Failures.reason(cause), remedy(cause)),
        cause,
        retryable);
  }

  private String remedy(RuntimeException cause) {
    if (cause instanceof FlywayValidateException) {
      return "start the version of Acopio that changed it last, or a newer one";
    }
    if (Failures.isOutage(cause)) {
      return database == Database.H2
          ? "see that no other server has the file open and that its folder is writable"
          : "see that the database server runs and can be reached from here";
    }
    return "check acopio.catalog.url, acopio.catalog.user and acopio.catalog.password";
  }
}
