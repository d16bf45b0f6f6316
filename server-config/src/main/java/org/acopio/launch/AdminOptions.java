package org.acopio.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed after {@code acopio-server admin}.
 *
 * @param task what to do
 * @param target of {@link Task#CLOSE}: a session's number, a kind or {@code all}; of {@link
 *     Task#CERTIFICATE}: the id of an agent or an address; of codes and identities a number; else
 *     the name of a user, or empty
 * @param data the folder given with {@code --data}
 * @param yes whether to close without asking
 * @param administrator whether the new user is one
 * @param download of {@link Task#CERTIFICATE}
 * @param code of {@link Task#ENROL_CODE}
 */
record AdminOptions(
    Task task,
    String target,
    Optional<String> data,
    boolean yes,
    boolean administrator,
    AdminDownload.Options download,
    CodeOptions code) {

  AdminOptions(
      Task task,
      String target,
      Optional<String> data,
      boolean yes,
      boolean administrator,
      AdminDownload.Options download) {
    this(task, target, data, yes, administrator, download, CodeOptions.NONE);
  }

  AdminOptions(
      Task task, String target, Optional<String> data, boolean yes, boolean administrator) {
    this(task, target, data, yes, administrator, AdminDownload.Options.NONE);
  }

  enum Task {
    SESSIONS,
    CLOSE,
    LOGIN,
    PASSWORD,
    USER_LIST,
    USER_ADD,
    USER_REMOVE,
    CERTIFICATE,
    ENROL_CODE,
    CODES,
    CODE_REMOVE,
    IDENTITIES,
    REVOKE,
    REKEY,
    HELP
  }

  /** Reads the words after {@code admin}. */
  static AdminOptions parse(List<String> words) {
    List<String> plain = new ArrayList<>();
    Optional<String> data = Optional.empty();
    boolean yes = false;
    boolean help = false;
    boolean administrator = false;
    boolean verify = false;
    boolean force = false;
    String file = "";
    String days = "";
    String uses = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--data")) {
        data = Optional.of(value(word, i + 1 < words.size() ? words.get(++i) : ""));
      } else if (word.startsWith("--data=")) {
        data = Optional.of(value("--data", word.substring("--data=".length())));
      } else if (word.equals("--yes") || word.equals("-y")) {
        yes = true;
      } else if (word.equals("--administrator")) {
        administrator = true;
      } else if (word.equals("--verify")) {
        verify = true;
      } else if (word.equals("--force")) {
        force = true;
      } else if (word.equals("--out")) {
        file = value(word, i + 1 < words.size() ? words.get(++i) : "");
      } else if (word.startsWith("--out=")) {
        file = value("--out", word.substring("--out=".length()));
      } else if (word.equals("--days")) {
        days = value(word, i + 1 < words.size() ? words.get(++i) : "");
      } else if (word.startsWith("--days=")) {
        days = value("--days", word.substring("--days=".length()));
      } else if (word.equals("--uses")) {
        uses = value(word, i + 1 < words.size() ? words.get(++i) : "");
      } else if (word.startsWith("--uses=")) {
        uses = value("--uses", word.substring("--uses=".length()));
      } else if (word.equals("--help") || word.equals("-h") || word.equals("-?")) {
        help = true;
      } else if (word.startsWith("-")) {
        throw new UsageException(
            "Unknown option: "
                + word
                + ". Known are --data DIR, --yes, --administrator, --verify, --out FILE, --force,"
                + " --days N, --uses N and --help.");
      } else {
        plain.add(word);
      }
    }
    AdminOptions options =
        help ? new AdminOptions(Task.HELP, "", data, yes, false) : command(plain, data, yes);
    if (administrator && options.task != Task.USER_ADD && !help) {
      throw new UsageException("--administrator belongs to 'admin user add NAME'.");
    }
    AdminDownload.Options download = new AdminDownload.Options(verify, force, file);
    CodeOptions code = CodeOptions.parse(days, uses);
    if (!help) {
      check(options, download);
      check(options, code);
    }
    return new AdminOptions(options.task, options.target, data, yes, administrator, download, code);
  }

  private static void check(AdminOptions options, AdminDownload.Options download) {
    boolean certificate = options.task == Task.CERTIFICATE;
    if (!certificate && !download.equals(AdminDownload.Options.NONE)) {
      throw new UsageException(
          "--verify, --out and --force belong to 'admin certificate AGENT|ADDRESS'.");
    }
    if (!certificate) {
      return;
    }
    boolean address = AdminDownload.isAddress(options.target);
    if (!address && !options.target.matches("[0-9a-fA-F]{8,64}")) {
      throw new UsageException(
          "'"
              + options.target
              + "' is no address and no agent; an agent is named by the first 8 to 64 hexadecimal"
              + " digits of its id.");
    }
    if (address && download.verify()) {
      throw new UsageException(
          "--verify belongs to the certificate of an agent; of an address there are checksums,"
              + " which 'sha256sum -c' verifies.");
    }
  }

  private static void check(AdminOptions options, CodeOptions code) {
    if (options.task != Task.ENROL_CODE && !code.equals(CodeOptions.NONE)) {
      throw new UsageException("--days and --uses belong to 'admin enrol-code'.");
    }
    boolean numbered =
        options.task == Task.CODE_REMOVE
            || options.task == Task.REVOKE
            || options.task == Task.REKEY;
    if (numbered && !options.target.matches("[1-9][0-9]{0,17}")) {
      throw new UsageException(
          "'"
              + options.target
              + "' is no number; 'admin codes' and 'admin identities' show the numbers.");
    }
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
      case "certificate" -> more == 1 ? Optional.of(Task.CERTIFICATE) : Optional.empty();
      case "user" -> user(words.subList(1, words.size()));
      case "enrol-code" -> more == 0 ? Optional.of(Task.ENROL_CODE) : Optional.empty();
      case "codes" -> more == 0 ? Optional.of(Task.CODES) : Optional.empty();
      case "code-remove" -> more == 1 ? Optional.of(Task.CODE_REMOVE) : Optional.empty();
      case "identities" -> more == 0 ? Optional.of(Task.IDENTITIES) : Optional.empty();
      case "revoke" -> more == 1 ? Optional.of(Task.REVOKE) : Optional.empty();
      case "rekey" -> more == 1 ? Optional.of(Task.REKEY) : Optional.empty();
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
                  + " 'admin password [USER]', 'admin user list|add|remove',"
                  + " 'admin certificate AGENT|ADDRESS', 'admin enrol-code', 'admin codes',"
                  + " 'admin code-remove NUMBER', 'admin identities', 'admin revoke NUMBER' or"
                  + " 'admin rekey NUMBER'.";
          case "sessions" -> "'admin sessions' takes no more words, but got " + words.get(1) + ".";
          case "close" ->
              "'admin close' needs one word: the number of a session, a kind such as echo, or all.";
          case "login" -> "'admin login' takes no more words, but got " + words.get(1) + ".";
          case "password" -> "'admin password' takes one word at most: the name of a user.";
          case "certificate" ->
              "'admin certificate' needs one word: the first digits of an agent's id, or an address.";
          case "enrol-code", "codes", "identities" ->
              "'admin " + command + "' takes no more words, but got " + words.get(1) + ".";
          case "code-remove", "revoke", "rekey" ->
              "'admin "
                  + command
                  + "' needs one word: a number that 'admin "
                  + (command.equals("code-remove") ? "codes" : "identities")
                  + "' shows.";
          case "user" ->
              "'admin user' needs 'list', 'add NAME [--administrator]' or 'remove NAME'.";
          default ->
              "Unknown command: admin "
                  + command
                  + ". Known are 'admin sessions', 'admin close NUMBER|KIND|all', 'admin login',"
                  + " 'admin password [USER]', 'admin user list|add|remove',"
                  + " 'admin certificate AGENT|ADDRESS', 'admin enrol-code', 'admin codes',"
                  + " 'admin code-remove NUMBER', 'admin identities', 'admin revoke NUMBER' and"
                  + " 'admin rekey NUMBER'.";
        });
  }

  private static String value(String option, String given) {
    if (given.isBlank() || given.startsWith("-")) {
      String example =
          switch (option) {
            case "--data" -> "/srv/acopio";
            case "--days", "--uses" -> "7";
            default -> "certificate.json";
          };
      throw new UsageException(
          option + " needs a value, for example " + option + " " + example + ".");
    }
    return given;
  }
}
