package org.acopio.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.acopio.account.AccountSettings;
import org.acopio.catalog.CatalogSettings;
import org.acopio.check.ScrubSettings;
import org.acopio.collect.CollectSettings;
import org.acopio.rmi.RmiSettings;
import org.acopio.session.SessionSettings;
import org.acopio.storage.StorageSettings;
import org.acopio.thumbnail.ThumbnailSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static Settings read(Map<String, String> values) {
    return Settings.read(new MapConfig(values));
  }

  private static ConfigurationException refused(String key, String value) {
    return assertThrows(ConfigurationException.class, () -> read(Map.of(key, value)));
  }

  @Test
  void defaults() throws Exception {
    Path data = Path.of("acopio-data").toAbsolutePath();
    assertEquals(
        new Settings(
            data,
            new StorageSettings(
                data.resolve("store"),
                StorageSettings.DEFAULT_SYNC_THREADS,
                StorageSettings.DEFAULT_OPEN_FILES,
                StorageSettings.DEFAULT_PARTIAL_DAYS),
            new ScrubSettings(7, 20_971_520),
            new CatalogSettings(
                "jdbc:h2:file:" + data.resolve("catalog").resolve("acopio"), "acopio", "", 8),
            CollectSettings.DEFAULTS,
            new RmiSettings(InetAddress.getByName("127.0.0.1"), 1_099, ""),
            new EndpointSettings(
                List.of(9_999, 4_000, 65_432),
                List.of(10_000),
                List.of(6_667),
                List.of(6_668),
                List.of(1_100),
                1_000,
                600,
                new ConnectionLimits(
                    "socket", 20_000, 15_000, Duration.ofMinutes(5), Duration.ofMinutes(30)),
                new ConnectionLimits(
                    "ingest", 4_000, 1_000, Duration.ofSeconds(30), Duration.ofMinutes(5)),
                Duration.ofSeconds(5),
                false),
            new XmlRpcSettings(1_048_576, false),
            new SessionSettings(SessionSettings.DEFAULT_HISTORY_DAYS),
            new AccountSettings(Set.of(), Duration.ofMinutes(30), Duration.ofDays(7), 365),
            new ThumbnailSettings(
                data.resolve("cache").resolve("thumbnails"),
                ThumbnailSettings.DEFAULT_CACHE_BYTES,
                ThumbnailSettings.DEFAULT_WORKERS,
                ThumbnailSettings.DEFAULT_DEADLINE,
                ThumbnailSettings.DEFAULT_MAX_PIXELS)),
        read(Map.of()));
  }

  @Test
  void everyKeyMaps() throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("acopio.data", "/srv/acopio");
    values.put("acopio.bind", "0.0.0.0");
    values.put("acopio.rmi.port", "2099");
    values.put("acopio.rmi.host", "colecta.example");
    values.put("acopio.http.port", "8080");
    values.put("acopio.https.port", "off");
    values.put("acopio.http.max-connections", "25");
    values.put("acopio.http.max-connections-per-address", "26");
    values.put("acopio.http.first-byte", "PT27S");
    values.put("acopio.xmlrpc.max-bytes", "4096");
    values.put("acopio.xmlrpc.validator", "true");
    values.put("acopio.store.folder", "/srv/fotos");
    values.put("acopio.store.sync-threads", "3");
    values.put("acopio.store.open-files", "99");
    values.put("acopio.store.partial-days", "45");
    values.put("acopio.store.direct-io", "false");
    values.put("acopio.catalog.url", "jdbc:postgresql://db/acopio");
    values.put("acopio.catalog.user", "rosa");
    values.put("acopio.catalog.password", "secreto");
    values.put("acopio.catalog.connections", "5");
    values.put("acopio.collect.block-bytes", "8192");
    values.put("acopio.collect.send-bytes", "16384");
    values.put("acopio.collect.batch-items", "7");
    values.put("acopio.collect.lanes", "2");
    values.put("acopio.collect.idle", "PT1M30S");
    values.put("acopio.collect.max-collections", "11");
    values.put("acopio.collect.max-open-files", "12");
    values.put("acopio.collect.max-file-bytes", "13000000000");
    values.put("acopio.collect.reserve-bytes", "14000000000");
    values.put("acopio.log.level", "debug");
    values.put("acopio.echo.ports", "0, 7");
    values.put("acopio.echo.queue-ports", "off");
    values.put("acopio.session.thread-ports", " off ");
    values.put("acopio.session.selector-ports", "16668");
    values.put("acopio.session.max-threads", "15");
    values.put("acopio.session.max-threads-per-address", "14");
    values.put("acopio.ingest.ports", "11100");
    values.put("acopio.ingest.max-connections", "16");
    values.put("acopio.ingest.max-connections-per-address", "17");
    values.put("acopio.ingest.first-byte", "PT18S");
    values.put("acopio.ingest.idle", "PT19S");
    values.put("acopio.socket.max-connections", "20");
    values.put("acopio.socket.max-connections-per-address", "21");
    values.put("acopio.socket.first-byte", "PT22S");
    values.put("acopio.socket.idle", "PT0S");
    values.put("acopio.socket.drain", "PT24S");
    values.put("acopio.socket.proxy-protocol", "true");
    values.put("acopio.session.history-days", "15");
    values.put("acopio.console.hosts", "Acopio.example.org, acopio");
    values.put("acopio.console.administrator-idle", "PT15M");
    values.put("acopio.console.viewer-idle", "P1D");
    values.put("acopio.audit.days", "30");
    values.put("acopio.rmi.max-connections", "31");
    values.put("acopio.rmi.max-connections-per-address", "32");
    values.put("acopio.rmi.first-byte", "PT33S");
    values.put("acopio.rmi.idle", "PT0S");
    values.put("acopio.scrub.days", "3");
    values.put("acopio.scrub.bytes-per-second", "1000000");
    values.put("acopio.thumbnails.cache-bytes", "16000000000");
    values.put("acopio.thumbnails.workers", "3");
    values.put("acopio.thumbnails.deadline", "PT17S");
    values.put("acopio.thumbnails.max-pixels", "18000000");
    for (Key key : Key.values()) {
      assertTrue(values.containsKey(key.key()), () -> key.key() + " is not tested");
      assertFalse(
          values.get(key.key()).equals(key.fallback()), () -> key.key() + " is the default");
    }
    assertEquals(Key.values().length, values.size());
    assertEquals(
        new Settings(
            Path.of("/srv/acopio").toAbsolutePath(),
            new StorageSettings(Path.of("/srv/fotos"), 3, 99, 45, false),
            new ScrubSettings(3, 1_000_000),
            new CatalogSettings("jdbc:postgresql://db/acopio", "rosa", "secreto", 5),
            new CollectSettings(
                8_192,
                16_384,
                7,
                2,
                Duration.ofSeconds(90),
                11,
                12,
                13_000_000_000L,
                14_000_000_000L),
            new RmiSettings(
                InetAddress.getByName("0.0.0.0"),
                2_099,
                "colecta.example",
                31,
                32,
                Duration.ofSeconds(33),
                Duration.ZERO),
            new EndpointSettings(
                List.of(0, 7),
                List.of(),
                List.of(),
                List.of(16_668),
                List.of(11_100),
                15,
                14,
                new ConnectionLimits("socket", 20, 21, Duration.ofSeconds(22), Duration.ZERO),
                new ConnectionLimits(
                    "ingest", 16, 17, Duration.ofSeconds(18), Duration.ofSeconds(19)),
                Duration.ofSeconds(24),
                true),
            new XmlRpcSettings(4_096, true),
            new SessionSettings(15),
            new AccountSettings(
                Set.of("acopio.example.org", "acopio"),
                Duration.ofMinutes(15),
                Duration.ofDays(1),
                30),
            new ThumbnailSettings(
                Path.of("/srv/acopio").toAbsolutePath().resolve("cache").resolve("thumbnails"),
                16_000_000_000L,
                3,
                Duration.ofSeconds(17),
                18_000_000)),
        read(values));
  }

  @Test
  void storeAndCatalogFollowTheDataFolder() {
    Settings settings = read(Map.of("acopio.data", "/srv/a/../b"));
    assertEquals(Path.of("/srv/b/store").toAbsolutePath(), settings.storage().folder());
    assertTrue(settings.catalog().url().contains("/srv/b/catalog/acopio"));
  }

  @Test
  void spacesAroundAValueDoNotCount() {
    assertEquals(2_099, read(Map.of("acopio.rmi.port", " 2099 ")).rmi().port());
  }

  // ---------------------------------------------------------------- unknown

  @ParameterizedTest
  @CsvSource({
    "acopio.rmi.prot, acopio.rmi.port",
    "acopio.rmiport, acopio.rmi.port",
    "acopio.collect.blockbytes, acopio.collect.block-bytes",
    "acopio.store.folders, acopio.store.folder",
    "acopio.Data, acopio.data",
    "acopio.catalog.connection, acopio.catalog.connections"
  })
  void unknownKeyNamesTheNearestKnownOne(String unknown, String nearest) {
    String message = refused(unknown, "1").getMessage();
    assertTrue(message.contains(unknown) && message.contains(nearest), message);
  }

  @Test
  void keysOfOthersAreNotOurs() {
    read(Map.of("acopiox.rmi.port", "1", "java.home", "x", "ACOPIO_RMI_PORT", "1"));
  }

  @Test
  void misspeltVariableIsToldWithTheNearestKnownOne() {
    Map<String, String> names =
        Map.of(
            "ACOPIO_RMI_PROT", "1", "ACOPIO_RMI_PORT", "1", "ACOPIO_JAVA_OPTS", "", "ACOPIOX", "1");
    assertEquals(
        List.of(
            "The environment variable ACOPIO_RMI_PROT is no setting and is ignored; did you mean"
                + " ACOPIO_RMI_PORT?"),
        Settings.ignoredVariables(new MapConfig(names)));
    read(names);
  }

  @Test
  void whatTheServerTellsOfItselfIsNoSetting() {
    read(Map.of("acopio.rmi.port.actual", "1099"));
  }

  // -------------------------------------------------------------- bad values

  @ParameterizedTest
  @CsvSource({
    "acopio.rmi.port, -1",
    "acopio.rmi.port, 65536",
    "acopio.rmi.port, http",
    "acopio.http.port, 65536",
    "acopio.http.port, http",
    "acopio.https.port, 65536",
    "acopio.https.port, none",
    "acopio.bind, no.such.host.invalid",
    "acopio.store.sync-threads, 0",
    "acopio.store.sync-threads, 257",
    "acopio.store.sync-threads, many",
    "acopio.store.open-files, 15",
    "acopio.store.open-files, 100001",
    "acopio.store.partial-days, -1",
    "acopio.store.partial-days, 3651",
    "acopio.store.partial-days, P30D",
    "acopio.store.direct-io, yes",
    "acopio.catalog.url, jdbc:oracle:x",
    "acopio.catalog.connections, 0",
    "acopio.catalog.connections, 1001",
    "acopio.catalog.connections, 2.5",
    "acopio.collect.block-bytes, 4095",
    "acopio.collect.block-bytes, 16777217",
    "acopio.collect.block-bytes, 1M",
    "acopio.collect.send-bytes, 67108865",
    "acopio.collect.send-bytes, 4096",
    "acopio.collect.batch-items, 0",
    "acopio.collect.batch-items, 65537",
    "acopio.collect.lanes, 0",
    "acopio.collect.lanes, 65",
    "acopio.collect.idle, PT0.5S",
    "acopio.collect.idle, P2D",
    "acopio.collect.idle, 10m",
    "acopio.collect.max-collections, 0",
    "acopio.collect.max-open-files, 1000001",
    "acopio.collect.max-file-bytes, 0",
    "acopio.collect.max-file-bytes, 9223372036854775807",
    "acopio.collect.reserve-bytes, -1",
    "acopio.log.level, all",
    "acopio.echo.ports, '9999;4000'",
    "acopio.echo.ports, '9999,'",
    "acopio.session.thread-ports, 65536",
    "acopio.session.max-threads, 0",
    "acopio.http.max-connections, 0",
    "acopio.http.max-connections-per-address, 1000001",
    "acopio.http.first-byte, PT25H",
    "acopio.session.max-threads-per-address, 100001",
    "acopio.ingest.ports, on",
    "acopio.ingest.max-connections-per-address, 1000001",
    "acopio.socket.max-connections, 0",
    "acopio.socket.first-byte, PT-1S",
    "acopio.socket.proxy-protocol, yes",
    "acopio.session.history-days, -1",
    "acopio.session.history-days, 3651",
    "acopio.console.hosts, 'a:8000'",
    "acopio.console.administrator-idle, PT59S",
    "acopio.console.administrator-idle, P2D",
    "acopio.console.viewer-idle, P367D",
    "acopio.audit.days, 3651"
  })
  void badValueIsNamedWithItsKeyAndTheRemedy(String key, String value) {
    String message = refused(key, value).getMessage();
    assertTrue(message.contains(key), message);
    assertTrue(message.contains(value) || key.endsWith("idle"), message);
    assertTrue(message.length() > key.length() + value.length() + 10, message);
  }

  @Test
  void pathThatIsNoneIsNamedWithItsKey() {
    String message = refused("acopio.data", "a\u0000b").getMessage();
    assertTrue(message.startsWith("acopio.data"), message);
  }

  @Test
  void passwordIsNeverShown() {
    Settings settings =
        read(
            Map.of(
                "acopio.catalog.url", "jdbc:postgresql://db/acopio",
                "acopio.catalog.password", "secreto"));
    assertFalse(settings.toString().contains("secreto"));
    ConfigurationException bad =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    Map.of(
                        "acopio.catalog.password", "secreto", "acopio.catalog.connections", "0")));
    assertFalse(bad.getMessage().contains("secreto"));
  }

  // --------------------------------------------------------------- the table

  @ParameterizedTest
  @EnumSource
  void everyKeyHasAUnitAndASentence(Key key) {
    assertTrue(key.key().matches("acopio(\\.[a-z]+(-[a-z]+)*)+"), key.key());
    assertFalse(key.unit().isBlank());
    assertTrue(key.sentence().matches("[A-Z].*\\."), key.sentence());
    assertTrue(key.variable().matches("ACOPIO(_[A-Z]+)+"), key.variable());
    assertEquals(key, Key.of(key.key()).orElseThrow());
  }

  @Test
  void keysAndVariablesAreDistinct() {
    Set<String> names = new HashSet<>();
    for (Key key : EnumSet.allOf(Key.class)) {
      assertTrue(names.add(key.key()));
      assertTrue(names.add(key.variable()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesAtTheLimitsThatTheSentenceNamesAreTaken(Key key) {
    var limits = java.util.regex.Pattern.compile("; (\\d+) to (\\d+)\\.").matcher(key.sentence());
    if (limits.find()) {
      for (String limit : new String[] {limits.group(1), limits.group(2)}) {
        read(
            Map.of(
                key.key(),
                limit,
                key == Key.COLLECT_SEND_BYTES ? "x" : "acopio.collect.send-bytes",
                "67108864"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acopio.collect.send-bytes"})
  void sendIsAtLeastOneBlock(String key) {
    String message = refused(key, "8192").getMessage();
    assertTrue(message.contains("1048576"), message);
  }
}
