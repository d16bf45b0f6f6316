package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.acopio.launch.http.HttpLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The launcher has defaults of its own, since it runs before the application is there. They are
 * those of the table of settings, which another test compares with the application's.
 */
class DefaultsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(acopio\\.[^`]+)` \\| `([^`]*)` ");

  private static Map<String, String> documented() throws IOException {
    return ROW.matcher(Files.readString(Path.of("docs/operations.md")))
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  @ParameterizedTest
  @EnumSource
  void portsOfTheSocketAdapterAreThoseOfTheTable(TcpPorts ports) throws IOException {
    String documented = documented().get(ports.key());
    Properties asDocumented = new Properties();
    asDocumented.setProperty(ports.key(), documented);
    assertEquals(
        ports.wanted(new Settings(asDocumented, Map.of())),
        ports.wanted(new Settings(new Properties(), Map.of())));
    assertTrue(!ports.wanted(new Settings(asDocumented, Map.of())).isEmpty(), documented);
  }

  @Test
  void everyListOfPortsInTheTableIsOneOfThem() throws IOException {
    long lists = documented().keySet().stream().filter(key -> key.endsWith("ports")).count();
    assertEquals(lists, TcpPorts.values().length);
  }

  @Test
  void theOtherDefaultsAreThoseOfTheTable() throws IOException {
    Settings settings = new Settings(new Properties(), Map.of());
    Map<String, String> documented = documented();
    assertEquals(documented.get(Settings.BIND), settings.bind());
    assertEquals(Path.of(documented.get(Settings.DATA)).toAbsolutePath(), settings.data());
    assertEquals(documented.get(Settings.HTTP_PORT), "" + Settings.DEFAULT_HTTP_PORT);
    assertEquals(documented.get(Settings.HTTPS_PORT), "" + Settings.DEFAULT_HTTPS_PORT);
    assertEquals(
        new HttpLimits(
            Integer.parseInt(documented.get(Settings.HTTP_CONNECTIONS)),
            Integer.parseInt(documented.get(Settings.HTTP_CONNECTIONS_PER_ADDRESS)),
            Duration.parse(documented.get(Settings.HTTP_FIRST_BYTE))),
        settings.httpLimits());
    assertEquals(documented.get(Settings.RMI_PORT), "" + Settings.DEFAULT_RMI_PORT);
  }
}
