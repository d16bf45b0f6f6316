package org.acopio.launch;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Live sessions as a table for a person, in columns as wide as what is in them. */
final class SessionTable {
  private static final List<String> HEAD =
      List.of("NUMBER", "KIND", "CLIENT", "SINCE", "FOR", "MESSAGES", "READ", "WRITTEN", "STATE");

  /** Numbers stand at the right of their columns. */
  private static final List<Boolean> RIGHT =
      List.of(true, false, false, false, true, true, true, true, false);

  private final DateTimeFormatter time;
  private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));

  SessionTable(ZoneId zone) {
    time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  void add(JsonObject session) {
    rows.add(
        List.of(
            session.getJsonNumber("number").toString(),
            session.getString("kind"),
            client(session),
            time.format(Instant.parse(session.getString("opened"))),
            lasted(session.getJsonNumber("seconds").longValue()),
            session.getJsonNumber("messages").toString(),
            session.getJsonNumber("bytesRead").toString(),
            session.getJsonNumber("bytesWritten").toString(),
            session.getString("state")));
  }

  /** For example {@code 127.0.0.1:5000} or {@code [::1]:5000}. */
  static String client(JsonObject session) {
    String address = session.getString("address");
    String host = address.contains(":") ? "[" + address + "]" : address;
    return host + ":" + session.getInt("port");
  }

  /** For example {@code 0:00:07} or {@code 3 d 4:05:06}. */
  private static String lasted(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    String days = duration.toDays() > 0 ? duration.toDays() + " d " : "";
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d",
        days,
        duration.toHoursPart(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  List<String> lines() {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row.get(i).length());
      line.append(RIGHT.get(i) ? padding + row.get(i) : row.get(i) + padding).append("  ");
    }
    return line.toString().stripTrailing();
  }
}
