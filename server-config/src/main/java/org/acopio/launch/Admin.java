package org.acopio.launch;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The command {@code acopio-server admin}: shows and closes the sessions of a running server, lets
 * people into its console.
 */
final class Admin {
  /** What stands before a link of {@link #login}. */
  static final String LINK =
      "Open the console as administrator, within ten minutes, on this computer: ";

  private static final int PAGE = 1_000;
  private static final String FIRST_USER = "admin";
  private static final String SHOWN_ONCE = " (shown only now).";

  private final AdminClient server;
  private final PrintStream out;
  private final ZoneId zone;

  Admin(AdminClient server, PrintStream out, ZoneId zone) {
    this.server = server;
    this.out = out;
    this.zone = zone;
  }

  /** Prints who is connected, oldest first. */
  void sessions() {
    SessionTable table = new SessionTable(zone);
    int shown = 0;
    JsonObject page = server.sessions("", 0, PAGE);
    while (!page.getJsonArray("sessions").isEmpty()) {
      page.getJsonArray("sessions").forEach(session -> table.add(session.asJsonObject()));
      shown += page.getJsonArray("sessions").size();
      page = server.sessions("", shown, PAGE);
    }
    if (shown > 0) {
      table.lines().forEach(out::println);
    }
    out.println(summary(shown, page.getJsonObject("kinds")));
  }

  private static String summary(int shown, JsonObject kinds) {
    if (shown == 0) {
      return "Nobody is connected.";
    }
    String each =
        kinds.keySet().stream()
            .filter(kind -> kinds.getInt(kind) > 0)
            .map(kind -> kind + " " + kinds.getInt(kind))
            .collect(Collectors.joining(", "));
    return counted(shown) + (each.isEmpty() ? "." : ": " + each + ".");
  }

  private static String counted(int sessions) {
    return sessions == 1 ? "1 session" : sessions + " sessions";
  }

  /**
   * Closes a session by its number, those of a kind, or all.
   *
   * @param answers where the person says yes or no
   * @param ask whether there is a person to be asked
   */
  void close(String target, BufferedReader answers, boolean ask) {
    boolean one = target.chars().allMatch(c -> c >= '0' && c <= '9');
    String kind = one || target.equals("all") ? "" : target;
    String what = one ? described(target) : counted(matching(kind)) + suffix(kind);
    if (ask && !confirmed(what, answers)) {
      out.println("Nothing closed.");
      return;
    }
    int closing = one ? server.close(target) : server.closeAll(kind);
    out.println("Closing " + counted(closing) + ".");
  }

  private static String suffix(String kind) {
    return kind.isEmpty() ? " of every kind" : " (" + kind + ")";
  }

  private int matching(String kind) {
    return server.sessions(kind, 0, 1).getInt("matching");
  }

  private String described(String number) {
    JsonObject session = server.session(number);
    return "session "
        + number
        + " ("
        + session.getString("kind")
        + ", "
        + SessionTable.client(session)
        + ")";
  }

  /** Prints a link that lets an administrator into the console with one click. */
  void login() {
    out.println(LINK + server.loginLink());
  }

  /** Makes and prints a new password; of the first administrator when no name is given. */
  void password(String name) {
    String user = name.isEmpty() ? FIRST_USER : name;
    out.println("The new password of " + user + " is " + server.newPassword(user) + SHOWN_ONCE);
  }

  /** Prints who may use the console. */
  void users() {
    for (JsonObject user : server.users().getValuesAs(JsonObject.class)) {
      out.println(
          user.getString("name")
              + "  "
              + user.getString("role")
              + (user.getBoolean("locked") ? "  locked" : ""));
    }
  }

  void addUser(String name, boolean administrator) {
    String role = administrator ? "administrator" : "viewer";
    String password = server.addUser(name, role);
    out.println("Added the " + role + " " + name + ". The password is " + password + SHOWN_ONCE);
  }

  void removeUser(String name) {
    server.removeUser(name);
    out.println("Removed " + name + ".");
  }

  private boolean confirmed(String what, BufferedReader answers) {
    out.print("Close " + what + "? [y/N] ");
    out.flush();
    try {
      String answer = answers.readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      throw new AdminException(
          AdminException.REFUSED, "The answer cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Whether a person sits at the standard input. */
  static boolean attended() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal too, and this tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
