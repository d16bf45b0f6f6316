package org.acopio.distribution;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A database server that can be killed, and comes back on the same port with the same data. */
final class MortalPostgres implements AutoCloseable {
  private final Path folder;
  private EmbeddedPostgres running;

  MortalPostgres(Path folder) throws IOException {
    this.folder = folder;
    running = start(0);
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  /** What a server is told so that its catalog is there. */
  String[] catalog() {
    return new String[] {
      "-Dacopio.catalog.url=jdbc:postgresql://127.0.0.1:" + running.getPort() + "/postgres",
      "-Dacopio.catalog.user=postgres",
      "-Dacopio.catalog.password=postgres"
    };
  }

  /** Ends each of its processes as a power failure would. */
  void kill() throws IOException {
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
  }

  /** Starts it again after it was killed. */
  void revive() throws IOException {
    int port = running.getPort();
    running.close();
    running = start(port);
  }

  /** The number that a query has for an answer. */
  long number(String query) throws SQLException {
    try (Connection connection = running.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
