package org.acopio.client.command;

import java.time.Duration;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerAddress;

/** The options that each command with a server has. */
final class ServerOption {
  static final String SERVER = "--server";
  static final String PATIENCE = "--patience";

  private static final String VARIABLE = "ACOPIO_SERVER";
  private static final String DEFAULT = "localhost";
  private static final long MAX_PATIENCE_SECONDS = 31_536_000;

  private ServerOption() {}

  static Syntax addTo(Syntax syntax) {
    return syntax.value("HOST[:PORT]", "-s", SERVER).value("SECONDS", PATIENCE);
  }

  /** What was given, else what the environment says, else this PC. */
  static ServerAddress server(Syntax.Arguments arguments, Terminal terminal) throws UsageException {
    String given = arguments.value(SERVER, terminal.environment().getOrDefault(VARIABLE, DEFAULT));
    return parse(given, ServerAddress.DEFAULT_PORT, terminal);
  }

  /** The address that somebody wrote, with a port for the case that it has none. */
  static ServerAddress parse(String given, int defaultPort, Terminal terminal)
      throws UsageException {
    try {
      return ServerAddress.parse(given, defaultPort);
    } catch (IllegalArgumentException e) {
      throw new UsageException(terminal.text("usage.server", given));
    }
  }

  static Duration patience(Syntax.Arguments arguments, Terminal terminal, Duration otherwise)
      throws UsageException {
    String given = arguments.value(PATIENCE, "");
    return given.isEmpty()
        ? otherwise
        : Duration.ofSeconds(number(terminal, PATIENCE, given, 0, MAX_PATIENCE_SECONDS));
  }

  /** A whole number between two others. */
  static long number(Terminal terminal, String option, String given, long least, long most)
      throws UsageException {
    try {
      long number = Long.parseLong(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered like a number that is too small or too large.
    }
    throw new UsageException(terminal.text("usage.number", option, given, least, most));
  }

  /** How a run ends that could not go on. */
  static Exit exit(SendException e) {
    return switch (e.kind()) {
      case UNREACHABLE -> Exit.UNREACHABLE;
      case REFUSED -> Exit.REFUSED;
      case INTERRUPTED -> Exit.INTERRUPTED;
    };
  }
}
