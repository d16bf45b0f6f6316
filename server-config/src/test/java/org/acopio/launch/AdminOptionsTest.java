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
        new AdminOptions(Task.CLOSE, "echo", Optional.of("/x"), true, false),
        parse("--yes close --data /x echo"));
    assertEquals(
        new AdminOptions(Task.SESSIONS, "", Optional.of("/y"), false, false),
        parse("sessions --data=/y"));
    assertEquals(Task.HELP, parse("close --help").task());
  }

  @Test
  void peopleAreLetInByWords() {
    assertEquals(Task.LOGIN, parse("login").task());
    assertEquals(
        new AdminOptions(Task.PASSWORD, "", Optional.empty(), false, false), parse("password"));
    assertEquals("ana", parse("password ana").target());
    assertEquals(Task.USER_LIST, parse("user list").task());
    assertEquals(
        new AdminOptions(Task.USER_ADD, "ana", Optional.empty(), false, true),
        parse("user add ana --administrator"));
    assertEquals(
        new AdminOptions(Task.USER_REMOVE, "ana", Optional.empty(), false, false),
        parse("user remove ana"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "close",
        "close 1 2",
        "sessions 1",
        "login ana",
        "password ana rosa",
        "user",
        "user add",
        "user list ana",
        "user remove",
        "user rename ana",
        "sessions --administrator",
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
