package org.acopio.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that can hold a catalog, and where they differ. The address alone chooses. */
enum Database {
  /** In this process. Only one process can have the file open. */
  H2("jdbc:h2:", "org.eclipse.persistence.platform.database.H2Platform") {
    @Override
    JdbcDataSource dataSource(CatalogSettings settings) {
      // H2 would close the file at SIGTERM under commits that still run; Catalog.close does it.
      JdbcDataSource source = new JdbcDataSource();
      source.setURL(withDefault(ofFile(settings.url()), "DB_CLOSE_ON_EXIT", "FALSE"));
      source.setUser(settings.user());
      source.setPassword(settings.password());
      return source;
    }

    @Override
    DataSource pooled(CatalogSettings settings) {
      return new H2Connections(dataSource(settings));
    }

    @Override
    String fileNumbers() {
      return "select next value for file_number from system_range(1, ?1)";
    }

    @Override
    String addToHoldings(String rows) {
      return "merge into holding h using (select * from "
          + rows
          + ") k(agent, client, kind, files, bytes)"
          + " on h.agent = k.agent and h.client = k.client and h.kind = k.kind"
          + " when matched then update set files = h.files + k.files, bytes = h.bytes + k.bytes"
          + " when not matched then insert (agent, client, kind, files, bytes)"
          + " values (k.agent, k.client, k.kind, k.files, k.bytes)";
    }

    @Override
    String connectionSetup() {
      return "set lock_timeout " + LOCK_SECONDS * 1000;
    }

    /**
     * The address of a file, so that H2 finds what it synced whatever becomes of the rest, and has
     * room for it in memory; any other as it is.
     */
    private String ofFile(String url) {
      String place = url.substring("jdbc:h2:".length());
      if (NO_FILES.stream().anyMatch(place::startsWith)) {
        return url;
      }
      String file = place.startsWith("file:") ? place.substring("file:".length()) : place;
      return withDefault(
          "jdbc:h2:" + OrderedFiles.of(file), "CACHE_SIZE", Long.toString(cacheKilobytes()));
    }

    /**
     * What H2 keeps of a file in memory. Its own default of 16 MiB is too small for an agent with
     * 100,000 files: each of them, looked up, costs a page that is read and decoded anew.
     */
    private long cacheKilobytes() {
      return Math.max(LEAST_CACHE, Runtime.getRuntime().maxMemory() / CACHE_SHARE) / 1024;
    }

    private String withDefault(String url, String option, String value) {
      String wanted = ";" + option + "=";
      return url.toUpperCase(Locale.ROOT).contains(wanted) ? url : url + wanted + value;
    }
  },

  /** A server, which several nodes may share. */
  POSTGRESQL("jdbc:postgresql:", "org.eclipse.persistence.platform.database.PostgreSQLPlatform") {
    @Override
    PGSimpleDataSource dataSource(CatalogSettings settings) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(settings.url());
      if (!settings.user().isEmpty()) {
        source.setUser(settings.user());
      }
      if (!settings.password().isEmpty()) {
        source.setPassword(settings.password());
      }
      if (!says(settings, "connectTimeout")) {
        source.setConnectTimeout(CONNECT_SECONDS);
      }
      source.setTcpKeepAlive(true);
      source.setReWriteBatchedInserts(true);
      return source;
    }

    @Override
    DataSource pooled(CatalogSettings settings) {
      PGSimpleDataSource source = dataSource(settings);
      if (!says(settings, "socketTimeout")) {
        source.setSocketTimeout(ANSWER_SECONDS);
      }
      return source;
    }

    @Override
    String fileNumbers() {
      return "select nextval('file_number') from generate_series(1, ?1)";
    }

    @Override
    String addToHoldings(String rows) {
      return "insert into holding as h (agent, client, kind, files, bytes) select * from "
          + rows
          + " on conflict (agent, client, kind) do update"
          + " set files = h.files + excluded.files, bytes = h.bytes + excluded.bytes";
    }

    /**
     * A plan that was made for a small table and kept would read all of it once it is big. And a
     * commit that a server says to have done before it has written it would be lost with it.
     */
    @Override
    String connectionSetup() {
      return ("set lock_timeout = '%ds'; set plan_cache_mode = force_custom_plan;"
              + " select set_config('synchronous_commit', 'on', false)"
              + " where current_setting('synchronous_commit') = 'off'")
          .formatted(LOCK_SECONDS);
    }

    private boolean says(CatalogSettings settings, String parameter) {
      return settings.url().contains(parameter + "=");
    }
  };

  /** What an address of H2 begins with that names no file of this process which can be written. */
  private static final List<String> NO_FILES = List.of("mem:", "tcp:", "ssl:", "zip:");

  private static final long LEAST_CACHE = 16L << 20;

  /** The part of the memory of this process, at its largest, that H2's cache may take. */
  private static final int CACHE_SHARE = 32;

  /** How long a connection may take to be made. */
  static final int CONNECT_SECONDS = 3;

  /** How long one statement waits for another transaction. */
  static final int LOCK_SECONDS = 8;

  /**
   * How long an answer may take before the server counts as gone; longer than a wait for a lock.
   */
  static final int ANSWER_SECONDS = 10;

  private final String prefix;
  private final String platform;

  Database(String prefix, String platform) {
    this.prefix = prefix;
    this.platform = platform;
  }

  /** The database that {@code url} names; refuses an address of any other. */
  static Database of(String url) {
    Objects.requireNonNull(url, "url");
    for (Database database : values()) {
      if (url.startsWith(database.prefix)) {
        return database;
      }
    }
    throw new IllegalArgumentException(
        "acopio.catalog.url must begin with %s or %s, not be '%s'"
            .formatted(H2.prefix, POSTGRESQL.prefix, withoutPassword(url)));
  }

  /** The address with every password in it blotted out. */
  static String withoutPassword(String url) {
    return url.replaceAll("(?i)(password=)[^;&]*", "$1…").replaceAll("//[^/@]*@", "//…@");
  }

  /** Connections that may take as long as they need, for migrations. */
  abstract DataSource dataSource(CatalogSettings settings);

  /** Connections that notice within seconds that the database is gone. */
  abstract DataSource pooled(CatalogSettings settings);

  /** What every connection of the pool is told first. */
  abstract String connectionSetup();

  /** Text of a query for as many new numbers of files as its parameter says. */
  abstract String fileNumbers();

  /**
   * Text of a statement that adds to the table of holdings.
   *
   * @param rows a table of agent, client, kind, files and bytes, each key once
   */
  abstract String addToHoldings(String rows);

  /** EclipseLink's class for the dialect. */
  String platform() {
    return platform;
  }
}
