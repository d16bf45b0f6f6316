package org.acopio.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed after {@code acopio-server admin}.
 *
 * @param task what to do
 * @param target of {@link Task#CLOSE}: a session's number, a kind or {@code all}; else the name of
 *     a user, or empty
 * @param data the folder given with {@code --data}
 * @param yes whether to close without asking
 * @param administrator whether the new user is one
 */
record AdminOptions(
    Task task, String target, Optional<String> data, boolean yes, boolean administrator) {

  enum Task {
    SESSIONS,
    CLOSE,
    LOGIN,
    PASSWORD,
    USER_LIST,
    USER_ADD,
    USER_REMOVE,
    HELP
  }

  /** Reads the words after {@code admin}. */
  static AdminOptions parse(List<String> words) {
    List<String> plain = new ArrayList<>();
    Optional<String> data = Optional.empty();
    boolean yes = false;
    boolean help = false;
    boolean administrator = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--data")) {
        data = Optional.of(folder(i + 1 < words.size() ? words.get(++i) : ""));
      } else if (word.startsWith("--data=")) {
        data = Optional.of(folder(word.substring("--data=".length())));
      } else if (word.equals("--yes") || word.equals("-y")) {
        yes = true;
      } else if (word.equals("--administrator")) {
        administrator = true;
      } else if (word.equals("--help") || word.equals("-h") || word.equals("-?")) {
        help = true;
      } else if (word.startsWith("-")) {
        throw new UsageException(
            "Unknown option: "
                + word
                + ". Known are --data DIR, --yes, --administrator and --help.");
      } else {
        plain.add(word);
      }
    }
    AdminOptions options =
        help ? new AdminOptions(Task.HELP, "", data, yes, false) : command(plain, data, yes);
    if (administrator && options.task != Task.USER_ADD && !help) {
      throw new UsageException("--administrator belongs to 'admin user add NAME'.");
    }
    return new AdminOptions(options.task, options.target, data, yes, administrator);
  }

  private static AdminOptions command(List<String> words, Optional<String> data, boolean yes) {
    return task(words)
        .map(
            task ->
                new AdminOptions(
                    task, words.size() < 2 ? "" : words.get(words.size() - 1), data, yes, false))
        .orElseThrow(() -> unknown(words));
  }

  private static Optional<Task> task(List<String> words) {
    int more = words.size() - 1;
    return switch (words.isEmpty() ? "" : words.get(0)) {
      case "sessions" -> more == 0 ? Optional.of(Task.SESSIONS) : Optional.empty();
      case "close" -> more == 1 ? Optional.of(Task.CLOSE) : Optional.empty();
      case "login" -> more == 0 ? Optional.of(Task.LOGIN) : Optional.empty();
      case "password" -> more <= 1 ? Optional.of(Task.PASSWORD) : Optional.empty();
      case "user" -> user(words.subList(1, words.size()));
      default -> Optional.empty();
    };
  }

  private static Optional<Task> user(List<String> words) {
    int more = words.size() - 1;
    return switch (words.isEmpty() ? "" : words.get(0)) {
      case "list" -> more == 0 ? Optional.of(Task.USER_LIST) : Optional.empty();
      case "add" -> more == 1 ? Optional.of(Task.USER_ADD) : Optional.empty();
      case "remove" -> more == 1 ? Optional.of(Task.USER_REMOVE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static UsageException unknown(List<String> words) {
    String command = words.isEmpty() ? "" : words.get(0);
    return new UsageException(
        switch (command) {
          case "" ->
              "What is to be done? 'admin login', 'admin sessions', 'admin close NUMBER|KIND|all',"
                  + " 'admin password [USER]' or 'admin user list|add|remove'.";
          case "sessions" -> "'admin sessions' takes no more words, but got " + words.get(1) + ".";
          case "close" ->
              "'admin close' needs one word: the number of a session, a kind such as echo, or all.";
          case "login" -> "'admin login' takes no more words, but got " + words.get(1) + ".";
          case "password" -> "'admin password' takes one word at most: the name of a user.";
          case "user" ->
              "'admin user' needs 'list', 'add NAME [--administrator]' or 'remove NAME'.";
          default ->
              "Unknown command: admin "
                  + command
                  + ". Known are 'admin sessions', 'admin close NUMBER|KIND|all', 'admin login',"
                  + " 'admin password [USER]' and 'admin user list|add|remove'.";
        });
  }

  private static String folder(String given) {
    if (given.isBlank() || given.startsWith("-")) {
      throw new UsageException("--data needs a value, for example --data /srv/acopio.");
    }
    return given;
  }
}
