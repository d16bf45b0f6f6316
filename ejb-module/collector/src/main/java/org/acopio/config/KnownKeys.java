package org.acopio.config;

import java.util.Arrays;
import java.util.Comparator;

/** Finds keys that nobody reads: a mistyped setting must not be one that silently does nothing. */
final class KnownKeys {
  /** What the running server tells of itself; not a setting. */
  private static final String TOLD_BY_SERVER = ".actual";

  private KnownKeys() {}

  static void check(Iterable<String> names) {
    for (String name : names) {
      if (name.startsWith(Key.PREFIX) && !name.endsWith(TOLD_BY_SERVER) && Key.of(name).isEmpty()) {
        throw new ConfigurationException(
            "the setting " + name + " is not known; did you mean " + nearest(name) + "?");
      }
    }
  }

  static String nearest(String name) {
    return Arrays.stream(Key.values())
        .map(Key::key)
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
