package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.acopio.launch.http.HttpLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void defaultsKeepTheServerOnThisComputer() {
    Settings settings = new Settings(new Properties(), Map.of());
    assertEquals("127.0.0.1", settings.bind());
    assertEquals(Path.of("acopio-data").toAbsolutePath(), settings.data());
    assertEquals(8000, settings.port(Settings.HTTP_PORT, Settings.DEFAULT_HTTP_PORT));
    assertEquals(
        OptionalInt.of(8443),
        settings.portUnlessOff(Settings.HTTPS_PORT, Settings.DEFAULT_HTTPS_PORT));
    assertEquals(1099, settings.port(Settings.RMI_PORT, Settings.DEFAULT_RMI_PORT));
  }

  @Test
  void aSystemPropertyWinsOverTheEnvironment() {
    Properties system = new Properties();
    Map<String, String> environment = Map.of("ACOPIO_HTTP_PORT", "81", "ACOPIO_BIND", "::1");
    assertEquals(81, new Settings(system, environment).port("acopio.http.port", 8000));
    assertEquals("::1", new Settings(system, environment).bind());
    system.setProperty("acopio.http.port", "82");
    assertEquals(82, new Settings(system, environment).port("acopio.http.port", 8000));
  }

  @Test
  void aPortThatIsOffIsNone() {
    Properties system = new Properties();
    system.setProperty("acopio.https.port", "off");
    assertEquals(
        OptionalInt.empty(),
        new Settings(system, Map.of()).portUnlessOff("acopio.https.port", 8443));
    system.setProperty("acopio.https.port", "no");
    UsageException refusal =
        assertThrows(
            UsageException.class,
            () -> new Settings(system, Map.of()).portUnlessOff("acopio.https.port", 8443));
    assertTrue(refusal.getMessage().contains("acopio.https.port"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("off is none"), refusal::getMessage);
  }

  @Test
  void limitsOfHttpAreRead() {
    Map<String, String> environment =
        Map.of(
            "ACOPIO_HTTP_MAX_CONNECTIONS", "7",
            "ACOPIO_HTTP_MAX_CONNECTIONS_PER_ADDRESS", "3",
            "ACOPIO_HTTP_FIRST_BYTE", "PT0S");
    assertEquals(
        new HttpLimits(7, 3, Duration.ZERO),
        new Settings(new Properties(), environment).httpLimits());
  }

  @ParameterizedTest
  @CsvSource({
    "acopio.http.max-connections, 0",
    "acopio.http.max-connections, many",
    "acopio.http.max-connections-per-address, 1000001",
    "acopio.http.first-byte, 20",
    "acopio.http.first-byte, PT-1S",
    "acopio.http.first-byte, P2D"
  })
  void aLimitOfHttpOutOfRangeIsRefusedByKeyAndValue(String key, String value) {
    Properties system = new Properties();
    system.setProperty(key, value);
    String refusal =
        assertThrows(UsageException.class, () -> new Settings(system, Map.of()).httpLimits())
            .getMessage();
    assertTrue(refusal.startsWith(key + " is " + value + "; it is "), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "8000.5"})
  void aPortOutOfRangeIsRefusedByKeyAndValue(String value) {
    Properties system = new Properties();
    system.setProperty("acopio.rmi.port", value);
    UsageException refusal =
        assertThrows(
            UsageException.class,
            () -> new Settings(system, Map.of()).port("acopio.rmi.port", 1099));
    assertTrue(refusal.getMessage().contains("acopio.rmi.port"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(value), refusal::getMessage);
  }
}
