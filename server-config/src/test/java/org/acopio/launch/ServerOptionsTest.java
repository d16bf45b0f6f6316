package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {

  @Test
  void settingsMayStandAnywhere() {
    ServerOptions options =
        ServerOptions.parse(
            List.of("-Da=1", "--data", "/x y", "-Db=c=d", "--bind=0.0.0.0", "-Dempty="));
    assertEquals(Optional.of("/x y"), options.data());
    assertEquals(Optional.of("0.0.0.0"), options.bind());
    assertEquals(Map.of("a", "1", "b", "c=d", "empty", ""), options.properties());
    assertEquals(ServerOptions.Task.START, options.task());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--bogus", "-x", "folder", "--data", "--data=", "--bind", "-D", "-D=1"})
  void whatCannotBeUnderstoodIsRefusedWithAnExplanation(String word) {
    UsageException refusal =
        assertThrows(UsageException.class, () -> ServerOptions.parse(List.of(word)));
    assertTrue(refusal.getMessage().endsWith("."), refusal::getMessage);
  }

  @Test
  void aValueIsNotTakenFromTheNextOption() {
    assertThrows(UsageException.class, () -> ServerOptions.parse(List.of("--data", "--bind", "x")));
  }
}
