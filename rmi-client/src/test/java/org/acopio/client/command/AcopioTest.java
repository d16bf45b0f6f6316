package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcopioTest {
  private final Cli cli = new Cli();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpNamesEachCommandAndExitCode(String option) {
    assertEquals(0, cli.run(option));
    for (String word :
        new String[] {
          "collect", "echo", "enrol", "parity", "session", "status", "130", "--version"
        }) {
      assertTrue(cli.out().contains(word), word);
    }
    assertEquals("", cli.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"collect", "enrol", "parity", "status"})
  void eachCommandExplainsItselfInBothLanguages(String command) {
    assertEquals(0, cli.run(command, "--help"));
    String english = cli.out();
    assertTrue(english.contains("Usage: acopio " + command), english);
    assertTrue(english.contains("--server=HOST[:PORT]"), english);
    assertTrue(english.contains("Exit codes:"), english);
    assertEquals(0, cli.run("help", command));
    assertEquals(english, cli.out());
    cli.spanish().run(command, "-h");
    assertTrue(cli.out().contains("Uso: acopio " + command), cli.out());
    assertTrue(cli.out().contains("Códigos de salida:"), cli.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"collect", "enrol", "parity", "status", "echo", "session"})
  void documentHasEachOptionOfACommand(String command) throws Exception {
    assertEquals(0, cli.run(command, "--help"));
    Path document = Path.of("../server-config/docs/operations.md");
    String synopsis =
        Files.readAllLines(document).stream()
            .filter(line -> line.startsWith("bin/acopio " + command + " "))
            .findFirst()
            .orElseThrow();
    assertEquals(
        options(cli.out().substring(0, cli.out().indexOf("  -h, --help"))), options(synopsis));
  }

  private static Set<String> options(String text) {
    Matcher option = Pattern.compile("(?<![\\w-])--[a-z-]+").matcher(text);
    return option.results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @CsvSource({"echo,9999", "session,6667"})
  void conversationsNameTheirOwnPort(String command, String port) {
    for (String option : new String[] {"--help", "-h"}) {
      assertEquals(0, cli.run(command, option));
      assertTrue(cli.out().contains("Usage: acopio " + command), cli.out());
      assertTrue(cli.out().contains("[HOST[:PORT]]"), cli.out());
      assertTrue(cli.out().contains("localhost:" + port), cli.out());
      assertTrue(cli.out().contains("Exit codes:"), cli.out());
    }
    assertEquals(0, cli.spanish().run("help", command));
    assertTrue(cli.out().contains("Uso: acopio " + command), cli.out());
    assertTrue(cli.out().contains("localhost:" + port), cli.out());
  }

  @Test
  void versionIsTheBuilds() {
    assertEquals(0, cli.run("--version"));
    assertTrue(cli.out().matches("acopio \\d.*\n"), cli.out());
  }

  @Test
  void unknownCommandIsAUsageErrorWithTheNearestName() {
    assertEquals(2, cli.run("colect"));
    assertEquals("acopio: there is no command 'colect'; did you mean collect?\n", cli.err());
    assertEquals("", cli.out());
    assertEquals(2, cli.run("xyzzy"));
    assertTrue(cli.err().contains("collect, echo, enrol, parity, session, status"), cli.err());
  }

  @Test
  void noCommandIsAUsageError() {
    assertEquals(2, cli.run());
    assertTrue(cli.err().contains("acopio --help"), cli.err());
  }

  @Test
  void wrongOptionsAreNamed() {
    assertEquals(2, cli.run("status", "--jsn"));
    assertEquals(
        "acopio: '--jsn' is no option; did you mean --json? See acopio status --help.\n",
        cli.err());
    assertEquals(2, cli.run("status", "--server"));
    assertTrue(cli.err().contains("--server needs a value"), cli.err());
    assertEquals(2, cli.run("status", "--server", "a", "--server", "b"));
    assertTrue(cli.err().contains("--server is given twice"), cli.err());
    assertEquals(2, cli.run("status", "--server", "host:0"));
    assertTrue(cli.err().contains("'host:0'"), cli.err());
    assertEquals(2, cli.run("status", "--patience", "soon"));
    assertTrue(cli.err().contains("--patience is 'soon'"), cli.err());
  }

  @Test
  void usageErrorsAreJsonWhereJsonWasAskedFor() {
    assertEquals(2, cli.run("collect", "--json", "--bad"));
    assertTrue(
        cli.out().startsWith("{\"event\":\"error\",\"code\":\"usage\",\"message\":\"'--bad'"),
        cli.out());
    assertTrue(cli.out().endsWith(",\"exit\":2}\n"), cli.out());
    assertEquals("", cli.err());
  }

  @Test
  void statusTellsHowFarTheClocksAreApart() {
    cli.clock = Clock.fixed(cli.servers.clock.minusSeconds(90), ZoneOffset.UTC);
    assertEquals(0, cli.run("status"));
    assertTrue(
        cli.out().contains("Clock: 2026-03-01T10:00:30Z, 01:30 ahead of this PC"), cli.out());
    cli.clock = Clock.fixed(cli.servers.clock.plusSeconds(90), ZoneOffset.UTC);
    assertEquals(0, cli.run("status"));
    assertTrue(cli.out().contains("01:30 behind this PC"), cli.out());
    assertEquals(0, cli.run("status", "--json"));
    assertTrue(cli.out().contains("\"clockAheadSeconds\":-90"), cli.out());
  }

  @Test
  void statusTellsOfTheServer() {
    cli.environment.put("ACOPIO_SERVER", "store.example:2000");
    assertEquals(0, cli.run("status"));
    assertTrue(cli.out().startsWith("store.example:2000 is there\nVersion: 1.2.3\n"), cli.out());
    assertTrue(cli.out().contains("Round trip: 0.002 s"), cli.out());
    assertEquals(0, cli.servers.open);
  }

  @Test
  void statusIsJsonForPrograms() {
    assertEquals(0, cli.run("status", "--json", "--server", "[::1]:7"));
    assertTrue(
        cli.out()
            .startsWith(
                "{\"event\":\"status\",\"server\":\"[::1]:7\",\"version\":\"1.2.3\",\"protocol\":4,"
                    + "\"compatible\":true,\"storeId\":\"store-5\",\"clock\":\""),
        cli.out());
    assertTrue(cli.out().endsWith("\"roundTripSeconds\":0.0015,\"exit\":0}\n"), cli.out());
  }

  @Test
  void statusOfAnotherProtocolIsRefused() {
    cli.servers.compatible = false;
    assertEquals(4, cli.run("status"));
    assertTrue(cli.out().contains("does not speak"), cli.out());
  }

  @Test
  void statusOfNobodyIsUnreachable() {
    cli.servers.fail(SendException.Kind.UNREACHABLE, ServerTrouble.Code.STOPPING);
    assertEquals(3, cli.run("status"));
    assertTrue(
        cli.err()
            .endsWith(
                "acopio: the server at store:77 is stopping; start it again"
                    + " (tried 3 times in 9 s)\n"),
        cli.err());
    assertEquals(3, cli.run("status", "--json"));
    assertTrue(cli.out().endsWith("\"exit\":3}\n"), cli.out());
    assertFalse(cli.out().contains("status\""), cli.out());
    assertTrue(cli.out().startsWith("{\"event\":\"error\",\"code\":\"stopping\""), cli.out());
    assertEquals("", cli.err());
  }
}
