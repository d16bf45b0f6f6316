package org.acopio.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.acopio.launch.http.HttpLimits;

/**
 * The keys that the launcher itself needs, read where MicroProfile Config would read them: system
 * properties first, then the environment.
 */
final class Settings {
  static final String DATA = "acopio.data";
  static final String BIND = "acopio.bind";
  static final String HTTP_PORT = "acopio.http.port";
  static final String HTTPS_PORT = "acopio.https.port";
  static final String HTTP_CONNECTIONS = "acopio.http.max-connections";
  static final String HTTP_CONNECTIONS_PER_ADDRESS = "acopio.http.max-connections-per-address";
  static final String HTTP_FIRST_BYTE = "acopio.http.first-byte";
  static final String LOG_LEVEL = "acopio.log.level";
  static final String RMI_PORT = "acopio.rmi.port";
  static final String LOOPBACK = "127.0.0.1";
  static final int DEFAULT_HTTP_PORT = 8000;
  static final int DEFAULT_HTTPS_PORT = 8443;
  static final int DEFAULT_RMI_PORT = 1099;
  static final HttpLimits DEFAULT_HTTP_LIMITS =
      new HttpLimits(4_000, 1_000, Duration.ofSeconds(20));

  /** Behind a port's key: the number in use, which the server itself sets as a system property. */
  static final String ACTUAL = ".actual";

  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final String NONE = "off";
  private static final String DEFAULT_DATA = "acopio-data";

  private final Properties system;
  private final Map<String, String> environment;

  Settings(Properties system, Map<String, String> environment) {
    this.system = system;
    this.environment = environment;
  }

  /** The data folder, absolute and without {@code .} or {@code ..}; it need not exist. */
  Path data() {
    String given = text(DATA).orElse(DEFAULT_DATA);
    try {
      return Path.of(given).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException("Not the name of a folder: " + given + " (" + e.getReason() + ").");
    }
  }

  /** Whether the log is to have everything. Throws {@link UsageException} for an unknown level. */
  boolean debug() {
    String level = text(LOG_LEVEL).orElse("info");
    if (!level.equals("info") && !level.equals("debug")) {
      throw new UsageException(LOG_LEVEL + " is " + level + "; it is info or debug.");
    }
    return level.equals("debug");
  }

  String bind() {
    return text(BIND).orElse(LOOPBACK);
  }

  /** A port number as it was configured; 0 asks for any free one. */
  int port(String key, int otherwise) {
    return port(key, text(key).orElse(Integer.toString(otherwise)), "");
  }

  /** A port number as it was configured, or nothing when there is to be no such port. */
  OptionalInt portUnlessOff(String key, int otherwise) {
    String given = text(key).orElse(Integer.toString(otherwise));
    return given.equals(NONE)
        ? OptionalInt.empty()
        : OptionalInt.of(port(key, given, " The word off is none."));
  }

  /** The port that a text says; the hint ends the message when it says none. */
  static int port(String key, String given, String hint) {
    try {
      int port = Integer.parseInt(given);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    throw new UsageException(
        key
            + " is not a port: "
            + given
            + ". Give a number from 0 (any free port) to 65535."
            + hint);
  }

  /** How much the HTTP ports take. */
  HttpLimits httpLimits() {
    return new HttpLimits(
        connections(HTTP_CONNECTIONS, DEFAULT_HTTP_LIMITS.connections()),
        connections(HTTP_CONNECTIONS_PER_ADDRESS, DEFAULT_HTTP_LIMITS.connectionsPerAddress()),
        text(HTTP_FIRST_BYTE)
            .map(given -> withinADay(HTTP_FIRST_BYTE, given))
            .orElse(DEFAULT_HTTP_LIMITS.firstByte()));
  }

  private int connections(String key, int otherwise) {
    String given = text(key).orElse(Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(given);
      if (number >= 1 && number <= MOST_CONNECTIONS) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    throw new UsageException(
        key + " is " + given + "; it is a number from 1 to " + MOST_CONNECTIONS + ".");
  }

  private static Duration withinADay(String key, String given) {
    try {
      Duration duration = Duration.parse(given);
      if (!duration.isNegative() && duration.compareTo(Duration.ofDays(1)) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below, together with what is too long.
    }
    throw new UsageException(
        key + " is " + given + "; it is PT0S (for ever) to P1D (one day), such as PT20S.");
  }

  /** What was configured, without spaces around it; nothing when that is empty. */
  Optional<String> text(String key) {
    String value = system.getProperty(key);
    if (value == null) {
      value = environment.get(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
