package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

  @Test
  void pcsAreInvitedAndTakenBackByNumbers() {
    assertEquals(
        new CodeOptions(OptionalInt.of(7), OptionalInt.of(1)),
        parse("enrol-code --days 7 --uses=1").code());
    assertEquals(CodeOptions.NONE, parse("enrol-code").code());
    assertEquals(Task.CODES, parse("codes").task());
    assertEquals(Task.IDENTITIES, parse("identities").task());
    assertEquals(
        new AdminOptions(Task.CODE_REMOVE, "3", Optional.of("/x"), false, false),
        parse("code-remove 3 --data /x"));
    assertEquals("12", parse("revoke 12").target());
    assertEquals(Task.REKEY, parse("rekey 12").task());
  }

  @Test
  void certificateIsOfAnAgentOrAnAddress() {
    assertEquals(
        new AdminOptions(
            Task.CERTIFICATE,
            "60303ae2",
            Optional.of("/x"),
            false,
            false,
            new AdminDownload.Options(true, true, "c.json")),
        parse("certificate 60303ae2 --verify --out c.json --force --data /x"));
    assertEquals(
        new AdminDownload.Options(false, false, "s"),
        parse("certificate 192.0.2.7 --out=s").download());
    assertEquals("fe80:0:0:0:0:0:0:1", parse("certificate fe80:0:0:0:0:0:0:1").target());
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
        "sessions --data --yes",
        "certificate",
        "certificate 60303ae2 192.0.2.7",
        "certificate pc-ana",
        "certificate 60303ae",
        "certificate 192.0.2.7 --verify",
        "certificate 60303ae2 --out",
        "certificate 60303ae2 --out=",
        "certificate 60303ae2 --out --force",
        "sessions --verify",
        "enrol-code now",
        "enrol-code --days",
        "enrol-code --days 0",
        "enrol-code --days 3651",
        "enrol-code --uses many",
        "enrol-code --uses 1000001",
        "codes --days 3",
        "codes 1",
        "code-remove",
        "code-remove one",
        "code-remove 0",
        "identities 1",
        "revoke",
        "revoke 1 2",
        "revoke pc-ana",
        "rekey",
        "rekey -1",
        "login --out x"
      })
  void whatCannotBeUnderstoodIsRefusedWithAnExplanation(String line) {
    UsageException refusal = assertThrows(UsageException.class, () -> parse(line));
    assertTrue(refusal.getMessage().endsWith("."), refusal::getMessage);
  }
}
