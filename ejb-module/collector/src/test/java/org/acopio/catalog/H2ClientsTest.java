package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.acopio.media.MediaKind;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an H2 file. */
class H2ClientsTest extends ClientsContract {
  @TempDir Path folder;

  @Override
  CatalogSettings freshDatabase() throws Exception {
    Path file = Files.createTempDirectory(folder, "catalog").resolve("catalog");
    return new CatalogSettings("jdbc:h2:file:" + file, "acopio", "secret", 8);
  }

  @Test
  void catalogOfBeforeIsSummedUpWhenItIsOpened() throws Exception {
    CatalogSettings old = freshDatabase();
    Flyway.configure()
        .dataSource(old.url(), old.user(), old.password())
        .locations("classpath:org/acopio/catalog/migration")
        .target("2")
        .load()
        .migrate();
    try (Connection connection =
            DriverManager.getConnection(old.url(), old.user(), old.password());
        Statement sql = connection.createStatement()) {
      sql.execute(
          "insert into agent values (1, X'%s', 'PC', '1', 5, 0, 6, 0)".formatted("ab".repeat(32)));
      sql.execute("insert into client values (2, '192.0.2.1', 5, 0, 6, 0)");
      sql.execute(
          "insert into collection (number, agent, client, opened_seconds, opened_nanos)"
              + " values (3, 1, 2, 5, 0), (4, 1, 2, 6, 0)");
      List<String> types =
          List.of(
              "image/png",
              "image/jpeg",
              "application/pdf",
              "video/mp4",
              "application/mxf",
              "audio/x-mpegurl");
      for (int i = 0; i < types.size(); i++) {
        sql.execute(
            "insert into file values (%1$d, %1$d, 1, 2, 3, X'0%1$d', X'61', 'a', 1, 1%1$d, 0, 0, '%2$s', X'00', 'p', 0, 0)"
                .formatted(i, types.get(i)));
      }
    }
    try (Catalog catalog = Catalog.open(old)) {
      KnownAgent agent = catalog.clients().agents(Listing.first(9)).get(0);
      assertEquals(2, agent.collections());
      assertEquals(List.of("192.0.2.1"), agent.addresses());
      assertEquals(
          new Holdings(
              6,
              75,
              Map.of(
                  MediaKind.IMAGE, new Totals(2, 21),
                  MediaKind.PDF, new Totals(1, 12),
                  MediaKind.VIDEO, new Totals(2, 27))),
          agent.holdings());
      assertTrue(catalog.clients().collection(3).orElseThrow().claim().isEmpty());
    }
  }
}
