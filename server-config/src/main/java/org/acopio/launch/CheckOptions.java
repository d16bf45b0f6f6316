package org.acopio.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after {@code acopio-server check}.
 *
 * @param data the folder given with {@code --data}
 * @param readData whether every byte is read again
 * @param repair whether what can be mended is mended
 * @param json whether a program reads what is said
 * @param help whether only to say how it is used
 * @param properties every {@code -Dname=value}, as the server was given them
 */
record CheckOptions(
    Optional<String> data,
    boolean readData,
    boolean repair,
    boolean json,
    boolean help,
    Map<String, String> properties) {

  CheckOptions {
    properties = Map.copyOf(properties);
  }

  /** Reads the words after {@code check}. */
  static CheckOptions parse(List<String> words) {
    Optional<String> data = Optional.empty();
    boolean readData = false;
    boolean repair = false;
    boolean json = false;
    boolean help = false;
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--read-data" -> readData = true;
        case "--repair" -> repair = true;
        case "--json" -> json = true;
        case "--help", "-h", "-?" -> help = true;
        case "--data" -> data = Optional.of(folder(i + 1 < words.size() ? words.get(++i) : ""));
        default -> {
          if (word.startsWith("--data=")) {
            data = Optional.of(folder(word.substring("--data=".length())));
          } else if (word.startsWith("-D") && word.indexOf('=') > 2) {
            int equals = word.indexOf('=');
            properties.put(word.substring(2, equals), word.substring(equals + 1));
          } else {
            throw new UsageException(
                "Unknown: check "
                    + word
                    + ". Known are --data DIR, --read-data, --repair, --json, -DKEY=VALUE and"
                    + " --help.");
          }
        }
      }
    }
    return new CheckOptions(data, readData, repair, json, help, properties);
  }

  private static String folder(String given) {
    if (given.isBlank() || given.startsWith("-")) {
      throw new UsageException("--data needs a value, for example --data /srv/acopio.");
    }
    return given;
  }
}
