package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are set up otherwise than by default, and one that is not there. */
class OtherServersIT {
  @TempDir Path temp;

  @Test
  void postgresqlByConfigurationAlone() throws IOException, InterruptedException, SQLException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        ServerProcess server =
            ServerProcess.start(
                temp.resolve("data"),
                "-Dacopio.catalog.url=jdbc:postgresql://127.0.0.1:"
                    + postgres.getPort()
                    + "/postgres",
                "-Dacopio.catalog.user=postgres",
                "-Dacopio.catalog.password=postgres")) {
      Path photos = new Media(21).library(temp.resolve("photos"), 30, 3_000_000);
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos)
          .allArrived(photos, temp.resolve("data/store"));
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select count(*) from file")) {
        rows.next();
        assertEquals(31, rows.getLong(1));
      }
    }
  }

  @Test
  void aFullServerSaysSoAndTheRunIsPartial() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.start(
            temp.resolve("data"), "-Dacopio.collect.reserve-bytes=" + Long.MAX_VALUE)) {
      Path photos = new Media(22).library(temp.resolve("photos"), 3, 1_000);
      Collected run =
          Collected.by(1, server.rmiAddress(), temp.resolve("journal"), photos, "--patience", "1");
      assertEquals(4, run.count("failed") + run.count("refused"));
      assertTrue(
          run.events("file").get(0).getString("reason").contains("make room"),
          run.summary()::toString);
    }
  }

  @Test
  void anUnknownSettingStopsTheStartAndNamesTheNearest() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.launch(temp.resolve("data"), "-Dacopio.colect.lanes=4")) {
      assertEquals(1, server.awaitExit(), server.output()::toString);
      assertTrue(
          server.output().toString().contains("acopio.collect.lanes"), server.output()::toString);
    }
  }

  @Test
  void noServerIsAnErrorOfItsOwn() throws IOException, InterruptedException {
    int nobody = FreePort.any();
    Path photos = new Media(23).library(temp.resolve("photos"), 1, 1_000);
    try (AgentProcess agent =
        Collected.start(
            Map.of(), "127.0.0.1:" + nobody, temp.resolve("journal"), photos, "--patience", "1")) {
      assertEquals(3, agent.awaitExit(), agent.output()::toString);
      assertTrue(
          agent.output().toString().contains("127.0.0.1:" + nobody), agent.output()::toString);
    }
  }
}
