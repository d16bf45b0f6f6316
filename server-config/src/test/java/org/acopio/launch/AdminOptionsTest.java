package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.acopio.launch.AdminOptions.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminOptionsTest {
  private static AdminOptions parse(String line) {
    return AdminOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  @Test
  void optionsMayStandAnywhere() {
    assertEquals(
        new AdminOptions(Task.CLOSE, "echo", Optional.of("/x"), true),
        parse("--yes close --data /x echo"));
    assertEquals(
        new AdminOptions(Task.SESSIONS, "", Optional.of("/y"), false), parse("sessions --data=/y"));
    assertEquals(Task.HELP, parse("close --help").task());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "close",
        "close 1 2",
        "sessions 1",
        "open 1",
        "sessions --bogus",
        "sessions --data",
        "sessions --data=",
        "sessions --data --yes"
      })
  void whatCannotBeUnderstoodIsRefusedWithAnExplanation(String line) {
    UsageException refusal = assertThrows(UsageException.class, () -> parse(line));
    assertTrue(refusal.getMessage().endsWith("."), refusal::getMessage);
  }
}
