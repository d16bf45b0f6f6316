package org.acopio.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds keys that nobody reads: a mistyped setting must not be one that silently does nothing. */
final class KnownKeys {
  /** What the running server tells of itself; not a setting. */
  private static final String TOLD_BY_SERVER = ".actual";

  private static final String VARIABLE_PREFIX = "ACOPIO_";

  /** Variables of the start scripts and of the agent; no settings of a server. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "ACOPIO_AGENT",
          "ACOPIO_ARCHIVE",
          "ACOPIO_CLASSPATH",
          "ACOPIO_COMPILER",
          "ACOPIO_HOME",
          "ACOPIO_JAVA",
          "ACOPIO_JAVA_OPTS",
          "ACOPIO_JAVA_VERSION",
          "ACOPIO_SERVER");

  private KnownKeys() {}

  static void check(Iterable<String> names) {
    for (String name : names) {
      if (name.startsWith(Key.PREFIX) && !name.endsWith(TOLD_BY_SERVER) && Key.of(name).isEmpty()) {
        throw new ConfigurationException(
            "the setting " + name + " is not known; did you mean " + nearest(name) + "?");
      }
    }
  }

  /**
   * Sentences on environment variables that look like settings and are none. They do not stop a
   * start: a name in upper case may be somebody else's, as those are that Kubernetes makes for a
   * service called acopio.
   */
  static List<String> ignoredVariables(Iterable<String> names) {
    Set<String> known = new HashSet<>(OTHER_VARIABLES);
    for (Key key : Key.values()) {
      known.add(key.variable());
    }
    Set<String> ignored = new TreeSet<>();
    for (String name : names) {
      if (name.startsWith(VARIABLE_PREFIX) && !known.contains(name)) {
        ignored.add(name);
      }
    }
    return ignored.stream()
        .map(
            name ->
                "The environment variable "
                    + name
                    + " is no setting and is ignored; did you mean "
                    + nearest(name, Key::variable)
                    + "?")
        .toList();
  }

  static String nearest(String name) {
    return nearest(name, Key::key);
  }

  private static String nearest(String name, Function<Key, String> spelling) {
    return Arrays.stream(Key.values())
        .map(spelling)
        .min(Comparator.comparingInt(key -> distance(name, key)))
        .orElseThrow();
  }

  /** How many characters must be put in, taken out or replaced (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
