package org.acopio.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The keys that the launcher itself needs, read where MicroProfile Config would read them: system
 * properties first, then the environment.
 */
final class Settings {
  static final String DATA = "acopio.data";
  static final String BIND = "acopio.bind";
  static final String HTTP_PORT = "acopio.http.port";
  static final String HTTPS_PORT = "acopio.https.port";
  static final String LOG_LEVEL = "acopio.log.level";
  static final String RMI_PORT = "acopio.rmi.port";
  static final String LOOPBACK = "127.0.0.1";
  static final int DEFAULT_HTTP_PORT = 8000;
  static final int DEFAULT_HTTPS_PORT = 8443;
  static final int DEFAULT_RMI_PORT = 1099;

  /** Behind a port's key: the number in use, which the server itself sets as a system property. */
  static final String ACTUAL = ".actual";

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

  /** What was configured, without spaces around it; nothing when that is empty. */
  Optional<String> text(String key) {
    String value = system.getProperty(key);
    if (value == null) {
      value = environment.get(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }
}
