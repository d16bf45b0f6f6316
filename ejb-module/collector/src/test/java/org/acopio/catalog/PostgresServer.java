package org.acopio.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL server for tests, on loopback. */
public final class PostgresServer implements AutoCloseable {
  private final AtomicInteger databases = new AtomicInteger();
  private final EmbeddedPostgres server;
  private final Optional<Path> folder;

  private PostgresServer(EmbeddedPostgres server, Optional<Path> folder) {
    this.server = server;
    this.folder = folder;
  }

  /** The one that all tests of this JVM share; JUnit closes it after the last of them. */
  public static final class Shared implements BeforeAllCallback {
    private PostgresServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
      server =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
              .getOrComputeIfAbsent(PostgresServer.class, key -> start(), PostgresServer.class);
    }

    /** Settings for a new, empty database. */
    public CatalogSettings freshDatabase() throws Exception {
      return server.freshDatabase();
    }
  }

  private static PostgresServer start() {
    try {
      return new PostgresServer(EmbeddedPostgres.builder().start(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that keeps its data in {@code folder} when it is closed. */
  public static PostgresServer start(Path folder, int port) throws Exception {
    return start(folder, port, "on");
  }

  /**
   * The same.
   *
   * @param synchronousCommit whether it says that a commit is done when it is written, or before
   */
  static PostgresServer start(Path folder, int port, String synchronousCommit) throws Exception {
    return new PostgresServer(
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setServerConfig("synchronous_commit", synchronousCommit)
            .setPort(port)
            .start(),
        Optional.of(folder));
  }

  /**
   * Ends each of its processes as a power failure would; {@link #close} is still to be called. Only
   * for one that was started on a folder.
   */
  public void kill() {
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private long postmaster() {
    try {
      Path file = folder.orElseThrow().resolve("postmaster.pid");
      return Long.parseLong(Files.readAllLines(file).get(0).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings for a new, empty database. */
  public CatalogSettings freshDatabase() throws Exception {
    String name = "catalog" + databases.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return settings(name);
  }

  CatalogSettings settings(String database) {
    return new CatalogSettings(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, "postgres", "", 8);
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
