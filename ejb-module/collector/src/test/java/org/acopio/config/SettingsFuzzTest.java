package org.acopio.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whatever stands in a configuration: settings within their bounds, or a word on which is wrong.
 */
class SettingsFuzzTest {
  /** Each line is a key without its beginning, an equals sign and a value. */
  @FuzzTest
  void settingsAreReadOrTheStartSaysWhichIsWrong(byte[] bytes) {
    Map<String, String> given = new HashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", 100)) {
      int equals = line.indexOf('=');
      String key = "acopio." + line.substring(0, Math.max(0, equals));
      // A name of a host would be asked for.
      if (!key.equals(Key.BIND.key())) {
        given.put(key, line.substring(equals + 1));
      }
    }
    Settings settings;
    try {
      settings = Settings.read(new MapConfig(given));
    } catch (ConfigurationException e) {
      String said = String.valueOf(e.getMessage());
      assertTrue(said.contains("acopio."), "which it is: " + said);
      return;
    }
    assertEquals(settings, Settings.read(new MapConfig(given)), "read alike each time");
    EndpointSettings endpoints = settings.endpoints();
    Stream.of(
            endpoints.echo(),
            endpoints.echoQueue(),
            endpoints.threadSessions(),
            endpoints.selectorSessions(),
            endpoints.ingest(),
            List.of(settings.rmi().port()))
        .flatMap(List::stream)
        .forEach(port -> assertTrue(port >= 0 && port <= 65_535, () -> "port " + port));
    assertTrue(settings.data().isAbsolute());
    assertTrue(settings.thumbnails().cacheBytes() >= 0);
    assertTrue(!settings.rmi().idle().isNegative() && !settings.collect().idle().isNegative());
  }
}
