package org.acopio.socket.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where values come from, and in which order. */
class ExpressionsTest {
  private static String resolve(
      String value, Map<String, String> system, Map<String, String> env, Map<String, String> mp) {
    return new Expressions(
            key -> Optional.ofNullable(system.get(key)),
            key -> Optional.ofNullable(env.get(key)),
            key -> Optional.ofNullable(mp.get(key)))
        .resolve(Property.PORTS, value);
  }

  @Test
  void plainTextStaysAsItIs() {
    assertEquals("9999,4000", resolve("9999,4000", Map.of(), Map.of(), Map.of()));
    assertEquals("cost $5 {x}", resolve("cost $5 {x}", Map.of(), Map.of(), Map.of()));
  }

  @Test
  void systemPropertiesComeBeforeTheEnvironmentAndThatBeforeConfig() {
    Map<String, String> system = Map.of("a.b-c", "1");
    Map<String, String> environment = Map.of("A_B_C", "2");
    Map<String, String> config = Map.of("a.b-c", "3");
    assertEquals("1", resolve("${a.b-c:9}", system, environment, config));
    assertEquals("2", resolve("${a.b-c:9}", Map.of(), environment, config));
    assertEquals("3", resolve("${a.b-c:9}", Map.of(), Map.of(), config));
    assertEquals("9", resolve("${a.b-c:9}", Map.of(), Map.of(), Map.of()));
  }

  @Test
  void environmentNamesAreTriedExactThenReplacedThenInUpperCase() {
    Map<String, String> all = Map.of("a.b", "exact", "a_b", "replaced", "A_B", "upper");
    assertEquals("exact", resolve("${a.b}", Map.of(), all, Map.of()));
    assertEquals(
        "replaced", resolve("${a.b}", Map.of(), Map.of("a_b", "replaced", "A_B", "u"), Map.of()));
    assertEquals("u", resolve("${a.b}", Map.of(), Map.of("A_B", "u"), Map.of()));
  }

  @Test
  void severalExpressionsStandInOneValueAndDefaultsMayHaveColonsOrBeEmpty() {
    assertEquals("1,::1,", resolve("${x},${y:::1},${z:}", Map.of("x", "1"), Map.of(), Map.of()));
  }

  @Test
  void whatIsDefinedNowhereIsAnErrorThatSaysWhereToDefineIt() {
    InvalidSettingException unresolved =
        assertThrows(
            InvalidSettingException.class,
            () -> resolve("${acopio.no-such}", Map.of(), Map.of(), Map.of()));
    assertEquals(
        "ACOPIO-SOCKET-003: property 'ports' names 'acopio.no-such', which is neither a system"
            + " property, nor the environment variable ACOPIO_NO_SUCH, nor in MicroProfile Config;"
            + " define it, or give a default: ${acopio.no-such:default}",
        unresolved.getMessage());
  }

  @Test
  void thisJvmIsAskedAndMicroProfileConfigMayBeAbsent() {
    assertEquals(
        System.getProperty("java.version") + "|none",
        Expressions.ofThisJvm().resolve(Property.NAME, "${java.version}|${acopio.absent:none}"));
  }
}
