package org.acopio.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed after {@code acopio-server admin}.
 *
 * @param task what to do
 * @param target of {@link Task#CLOSE}: a session's number, a kind or {@code all}
 * @param data the folder given with {@code --data}
 * @param yes whether to close without asking
 */
record AdminOptions(Task task, String target, Optional<String> data, boolean yes) {

  enum Task {
    SESSIONS,
    CLOSE,
    HELP
  }

  /** Reads the words after {@code admin}. */
  static AdminOptions parse(List<String> words) {
    List<String> plain = new ArrayList<>();
    Optional<String> data = Optional.empty();
    boolean yes = false;
    boolean help = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--data")) {
        data = Optional.of(folder(i + 1 < words.size() ? words.get(++i) : ""));
      } else if (word.startsWith("--data=")) {
        data = Optional.of(folder(word.substring("--data=".length())));
      } else if (word.equals("--yes") || word.equals("-y")) {
        yes = true;
      } else if (word.equals("--help") || word.equals("-h") || word.equals("-?")) {
        help = true;
      } else if (word.startsWith("-")) {
        throw new UsageException(
            "Unknown option: " + word + ". Known are --data DIR, --yes and --help.");
      } else {
        plain.add(word);
      }
    }
    return help ? new AdminOptions(Task.HELP, "", data, yes) : command(plain, data, yes);
  }

  private static AdminOptions command(List<String> words, Optional<String> data, boolean yes) {
    String command = words.isEmpty() ? "" : words.get(0);
    if (command.equals("sessions") && words.size() == 1) {
      return new AdminOptions(Task.SESSIONS, "", data, yes);
    }
    if (command.equals("close") && words.size() == 2) {
      return new AdminOptions(Task.CLOSE, words.get(1), data, yes);
    }
    throw new UsageException(
        switch (command) {
          case "" -> "What is to be done? 'admin sessions' or 'admin close NUMBER|KIND|all'.";
          case "sessions" -> "'admin sessions' takes no more words, but got " + words.get(1) + ".";
          case "close" ->
              "'admin close' needs one word: the number of a session, a kind such as echo, or all.";
          default ->
              "Unknown command: admin "
                  + command
                  + ". Known are 'admin sessions' and 'admin close NUMBER|KIND|all'.";
        });
  }

  private static String folder(String given) {
    if (given.isBlank() || given.startsWith("-")) {
      throw new UsageException("--data needs a value, for example --data /srv/acopio.");
    }
    return given;
  }
}
