package org.acopio.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after {@code acopio-server}.
 *
 * @param task what to do: start, or only say something
 * @param data the folder given with {@code --data}
 * @param bind the address given with {@code --bind}
 * @param properties every {@code -Dname=value}, in the order given
 */
record ServerOptions(
    Task task, Optional<String> data, Optional<String> bind, Map<String, String> properties) {

  enum Task {
    START,
    HELP,
    VERSION,
    PREPARE
  }

  ServerOptions {
    properties = Map.copyOf(properties);
  }

  /** Reads a command line; throws {@link UsageException} at the first word it does not know. */
  static ServerOptions parse(List<String> words) {
    Task task = Task.START;
    Optional<String> data = Optional.empty();
    Optional<String> bind = Optional.empty();
    Map<String, String> properties = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      if (word.startsWith("-D")) {
        property(word, properties);
      } else if (name.equals("--data") || name.equals("--bind")) {
        boolean joined = word.length() > name.length();
        String value = joined ? word.substring(name.length() + 1) : next(words, ++i, name);
        if (value.isBlank()) {
          throw new UsageException(name + " needs a value, for example " + example(name) + ".");
        }
        if (name.equals("--data")) {
          data = Optional.of(value);
        } else {
          bind = Optional.of(value);
        }
      } else {
        task = task(word);
      }
    }
    return new ServerOptions(task, data, bind, properties);
  }

  private static Task task(String word) {
    return switch (word) {
      case "--help", "-h", "-?" -> Task.HELP;
      case "--version", "-V" -> Task.VERSION;
      case "--prepare" -> Task.PREPARE;
      default ->
          throw new UsageException(
              "Unknown option: "
                  + word
                  + ". Known are --data DIR, --bind ADDRESS, -Dacopio.KEY=VALUE, --prepare, --help"
                  + " and --version.");
    };
  }

  private static void property(String word, Map<String, String> properties) {
    int equals = word.indexOf('=');
    if (equals <= 2) {
      throw new UsageException(
          "Not a setting: " + word + ". Write -DKEY=VALUE, for example -Dacopio.http.port=8080.");
    }
    properties.put(word.substring(2, equals), word.substring(equals + 1));
  }

  private static String next(List<String> words, int index, String name) {
    if (index >= words.size() || words.get(index).startsWith("-")) {
      throw new UsageException(name + " needs a value, for example " + example(name) + ".");
    }
    return words.get(index);
  }

  private static String example(String name) {
    return name.equals("--data") ? "--data /srv/acopio" : "--bind 192.168.1.10";
  }
}
