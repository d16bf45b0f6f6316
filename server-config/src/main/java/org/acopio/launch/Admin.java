package org.acopio.launch;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The command {@code acopio-server admin}: shows and closes the sessions of a running server, lets
 * people into its console, and PCs to the server.
 */
final class Admin {
  /** What stands before a link of {@link #login}. */
  static final String LINK =
      "Open the console as administrator, within ten minutes, on this computer: ";

  private static final int PAGE = 1_000;
  private static final int SHORT_ID = 12;
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

  /** Makes and prints a code that invites PCs, and what to type there. */
  void enrolCode(CodeOptions options) {
    JsonObject code = server.makeCode(options);
    out.println(
        "Enrolment code "
            + number(code)
            + ", "
            + uses(code)
            + " until "
            + day(code, "expires")
            + SHOWN_ONCE
            + " On the PC:");
    out.println(
        "  acopio enrol " + code.getString("code") + " --server " + code.getString("server"));
  }

  /** Prints the codes, newest first. */
  void codes() {
    for (JsonObject code : server.codes().getValuesAs(JsonObject.class)) {
      out.println(
          number(code)
              + "  "
              + (code.getBoolean("invites") ? "invites" : "over   ")
              + "  until "
              + day(code, "expires")
              + "  used "
              + code.getJsonNumber("uses")
              + ", "
              + uses(code)
              + "  by "
              + code.getString("by")
              + (code.containsKey("takenBack") ? "  taken back " + day(code, "takenBack") : ""));
    }
  }

  void removeCode(String number) {
    server.removeCode(number);
    out.println("Code " + number + " invites nobody any more; PCs that came with it stay.");
  }

  /** Prints the keys of PCs that the server has certified, newest first. */
  void identities() {
    int shown = 0;
    JsonArray page = server.identities(0, PAGE);
    while (!page.isEmpty()) {
      page.getValuesAs(JsonObject.class).forEach(identity -> out.println(line(identity)));
      shown += page.size();
      page = server.identities(shown, PAGE);
    }
    if (shown == 0) {
      out.println("No PC is enrolled.");
    }
  }

  private String line(JsonObject identity) {
    String state =
        identity.getBoolean("valid")
            ? identity.getBoolean("rekeyWanted") ? "rekey wanted" : "valid"
            : identity.getString("why") + " " + day(identity, "ended");
    return number(identity)
        + "  "
        + state
        + "  "
        + identity.getString("hostName")
        + "  "
        + identity.getString("agent").substring(0, SHORT_ID)
        + "  seen "
        + day(identity, "seen")
        + " "
        + identity.getString("address")
        + (identity.containsKey("parent") ? "  from " + identity.getJsonNumber("parent") : "");
  }

  void revoke(String number) {
    server.revoke(number);
    out.println("Identity " + number + " is worthless now; the PC needs a new code.");
  }

  void rekey(String number) {
    server.rekey(number);
    out.println("The PC of identity " + number + " will make a new key at its next run.");
  }

  private static String number(JsonObject numbered) {
    return numbered.getJsonNumber("number").toString();
  }

  private static String uses(JsonObject code) {
    if (!code.containsKey("mostUses")) {
      return "for any number of PCs";
    }
    String most = code.getJsonNumber("mostUses").toString();
    return most.equals("1") ? "for 1 PC" : "for " + most + " PCs";
  }

  private String day(JsonObject of, String moment) {
    return LocalDate.ofInstant(Instant.parse(of.getString(moment)), zone).toString();
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
