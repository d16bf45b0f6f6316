package org.acopio.socket.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever the properties of an endpoint are: settings within their bounds, or which is wrong. */
class SettingsFuzzTest {
  private static final Map<String, String> DEFINED =
      Map.of("port", "4000", "again", "${port}", "end", "}", "nothing", "");

  private static final Expressions EXPRESSIONS =
      new Expressions(
          key -> Optional.ofNullable(DEFINED.get(key)),
          key -> Optional.empty(),
          key -> Optional.empty());

  @FuzzTest
  void expressionsAreReplacedOnceOrOneIsNamed(byte[] bytes) {
    String value = new String(bytes, StandardCharsets.UTF_8);
    String resolved;
    try {
      resolved = EXPRESSIONS.resolve(Property.NAME, value);
    } catch (InvalidSettingException e) {
      assertTrue(value.contains("${"), value);
      assertTrue(String.valueOf(e.getMessage()).contains("give a default"), e::toString);
      return;
    }
    if (!value.contains("${")) {
      assertEquals(value, resolved, "what is no expression stays");
    }
    assertTrue(resolved.length() <= value.length(), "nothing here is longer than its name");
  }

  /** Each line is the name of a property, an equals sign and a value. */
  @FuzzTest
  void propertiesAreReadOrOneIsNamed(byte[] bytes) {
    Map<Property, String> given = new EnumMap<>(Property.class);
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", 100)) {
      int equals = line.indexOf('=');
      Property.of(line.substring(0, Math.max(0, equals)))
          // A name of a host would be asked for.
          .filter(property -> property != Property.BIND_ADDRESS)
          .ifPresent(property -> given.put(property, line.substring(equals + 1)));
    }
    EndpointSettings settings;
    try {
      settings =
          EndpointSettings.read(
              property -> given.getOrDefault(property, property.defaultValue()), EXPRESSIONS);
    } catch (InvalidSettingException e) {
      String said = String.valueOf(e.getMessage());
      assertTrue(said.startsWith("ACOPIO-SOCKET-"), said);
      assertTrue(Stream.of(Property.values()).anyMatch(one -> said.contains(one.key())), said);
      return;
    }
    assertTrue(settings.ports().stream().allMatch(port -> port >= 0 && port <= 65_535));
    assertTrue(settings.maxConnectionsPerAddress() >= 1);
    assertTrue(settings.maxConnectionsPerAddress() <= settings.maxConnections());
    for (Duration each :
        new Duration[] {
          settings.firstByteTimeout(),
          settings.idleTimeout(),
          settings.handshakeTimeout(),
          settings.drainTimeout()
        }) {
      assertTrue(!each.isNegative() && each.compareTo(Duration.ofDays(365)) <= 0, each::toString);
    }
  }
}
