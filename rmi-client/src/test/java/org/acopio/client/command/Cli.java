package org.acopio.client.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A command line in a test, with what was typed, printed and answered. */
final class Cli {
  final FakeServers servers = new FakeServers();
  private Servers asked = servers;
  final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  Clock clock = Clock.systemUTC();
  private Locale locale = Locale.ENGLISH;
  private Reader typed = new StringReader("");
  private boolean person;
  private boolean screen;

  Cli spanish() {
    locale = Locale.forLanguageTag("es-MX");
    return this;
  }

  /** A person at the keyboard, who types this. */
  Cli person(String text) {
    person = true;
    typed = new StringReader(text);
    return this;
  }

  /** What comes from here, when it comes. */
  Cli typing(Reader from) {
    typed = from;
    return this;
  }

  /** What comes from a pipe. */
  Cli piped(String text) {
    typed = new StringReader(text);
    return this;
  }

  /** Asks the servers of the network from now on. */
  Cli network() {
    asked = new RmiServers();
    return this;
  }

  Cli screen() {
    screen = true;
    return this;
  }

  /** Where a command would read and write. */
  Terminal terminal() {
    return new Terminal(
        new BufferedReader(typed),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        person,
        screen,
        environment,
        Messages.of(locale),
        clock);
  }

  /** Runs the command and returns the code that the process would end with. */
  int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal = terminal();
    Exit exit = new Acopio(terminal, asked).run(List.of(arguments));
    terminal.out().flush();
    terminal.err().flush();
    return exit.code();
  }

  /** Collects a directory with the journal beside it. */
  int runCollect(Path directory, Path journalIn, String... more) {
    List<String> arguments = new ArrayList<>(List.of("collect", directory.toString()));
    arguments.addAll(List.of("--journal", journalIn.resolve("journal").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
