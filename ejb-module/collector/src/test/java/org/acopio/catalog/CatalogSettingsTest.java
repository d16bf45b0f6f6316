package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Settings that cannot work are refused with the reason; passwords stay hidden. */
class CatalogSettingsTest {
  private static final long CACHE_KILOBYTES =
      Math.max(16 * 1024, Runtime.getRuntime().maxMemory() / 32 / 1024);

  /** What an address of a file gets that does not say it itself. */
  private static final String CACHE = ";CACHE_SIZE=" + CACHE_KILOBYTES;

  @ParameterizedTest
  @ValueSource(strings = {"", "jdbc:mysql://host/db", "jdbc:H2:file:/x", "postgresql://host/db"})
  void addressOfAnotherDatabaseIsRefused(String url) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new CatalogSettings(url, "sa", "", 8));
    assertTrue(refused.getMessage().contains("jdbc:h2:"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, CatalogSettings.MAX_CONNECTIONS + 1})
  void numberOfConnectionsHasLimits(int connections) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new CatalogSettings("jdbc:h2:file:/x", "sa", "", connections));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:file:/x;PASSWORD=hush;TRACE_LEVEL_FILE=0",
        "jdbc:postgresql://host/db?user=me&password=hush&ssl=true",
        "jdbc:postgresql://me:hush@host/db"
      })
  void passwordIsNeverShown(String url) {
    assertFalse(new CatalogSettings(url, "me", "hush", 8).toString().contains("hush"), url);
  }

  @Test
  void h2FileIsNotClosedUnderRunningCommits() throws SQLException {
    assertEquals(
        "jdbc:h2:ordered:/x" + CACHE + ";DB_CLOSE_ON_EXIT=FALSE", h2Url("jdbc:h2:file:/x"));
    assertEquals(
        "jdbc:h2:ordered:/x;db_close_on_exit=true" + CACHE,
        h2Url("jdbc:h2:file:/x;db_close_on_exit=true"));
    String own = ";CACHE_SIZE=20000;db_close_on_exit=true";
    assertEquals("jdbc:h2:ordered:/x" + own, h2Url("jdbc:h2:file:/x" + own));
  }

  @Test
  void everyH2FileOfThisProcessIsWrittenInOrder() throws SQLException {
    String option = ";DB_CLOSE_ON_EXIT=FALSE";
    for (String place : List.of("/x", "~/x", "./x", "C:/x", "split:20:/x")) {
      assertEquals("jdbc:h2:ordered:" + place + CACHE + option, h2Url("jdbc:h2:" + place));
    }
    for (String elsewhere : List.of("jdbc:h2:mem:x", "jdbc:h2:tcp://host/x")) {
      assertEquals(elsewhere + option, h2Url(elsewhere));
    }
  }

  @Test
  void h2KeepsAsMuchOfItsFileInMemoryAsThereIsRoomFor(@TempDir Path folder) throws SQLException {
    String url = "jdbc:h2:file:" + folder;
    assertEquals(CACHE_KILOBYTES / 1024, cacheOfH2(url + "/by-itself"));
    assertEquals(20, cacheOfH2(url + "/told;CACHE_SIZE=20480"));
  }

  /** In MiB, as H2 says of the file that is open. */
  private static long cacheOfH2(String url) throws SQLException {
    var settings = new CatalogSettings(url, "sa", "", 8);
    try (Connection connection = Database.of(url).pooled(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "select setting_value from information_schema.settings"
                    + " where setting_name = 'info.CACHE_MAX_SIZE'")) {
      assertTrue(answer.next());
      return answer.getLong(1);
    }
  }

  private static String h2Url(String url) throws SQLException {
    var settings = new CatalogSettings(url, "sa", "", 8);
    return Database.of(url).pooled(settings).unwrap(JdbcDataSource.class).getURL();
  }

  @Test
  void postgresqlTimeOutsGiveWayToTheAddress() {
    assertEquals(Database.ANSWER_SECONDS, postgresql("").getSocketTimeout());
    assertEquals(77, postgresql("?socketTimeout=77").getSocketTimeout());
    assertEquals(Database.CONNECT_SECONDS, postgresql("").getConnectTimeout());
    assertEquals(5, postgresql("?connectTimeout=5").getConnectTimeout());
  }

  private static PGSimpleDataSource postgresql(String parameters) {
    String url = "jdbc:postgresql://host/db" + parameters;
    var settings = new CatalogSettings(url, "me", "", 8);
    return (PGSimpleDataSource) Database.of(url).pooled(settings);
  }

  @Test
  void wrongPasswordIsNotWorthRetrying(@TempDir Path folder) {
    String url = "jdbc:h2:file:" + folder.resolve("catalog");
    Catalog.open(new CatalogSettings(url, "acopio", "right", 2)).close();
    var refused =
        assertThrows(
            CatalogException.class,
            () -> Catalog.open(new CatalogSettings(url, "acopio", "wrong", 2)));
    assertFalse(refused.retryable());
    assertTrue(refused.getMessage().contains("acopio.catalog.password"), refused.getMessage());
    assertTrue(refused.getMessage().contains(url), refused.getMessage());
    assertFalse(refused.getMessage().contains("wrong;"), refused.getMessage());
    assertTrue(refused.getMessage().contains(refused.said()), refused.said());
    assertFalse(refused.said().contains(url), refused.said());
  }

  @Test
  void serverThatIsNotThereIsWorthRetrying() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/db";
    var refused =
        assertThrows(
            CatalogException.class, () -> Catalog.open(new CatalogSettings(url, "me", "", 2)));
    assertTrue(refused.retryable(), refused.getMessage());
  }
}
