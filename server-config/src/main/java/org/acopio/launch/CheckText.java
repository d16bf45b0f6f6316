package org.acopio.launch;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a check came to, for a person. */
final class CheckText {
  /** More are for programs. */
  private static final int MOST = 200;

  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private final PrintStream out;

  CheckText(PrintStream out) {
    this.out = out;
  }

  void print(JsonObject report, boolean repaired) {
    report.getJsonArray("findings").getValuesAs(JsonObject.class).stream()
        .limit(MOST)
        .forEach(this::finding);
    int listed = report.getJsonArray("findings").size();
    long more = Math.max(0, listed - MOST) + number(report, "unlisted");
    if (more > 0) {
      out.println("… and " + more + " more; --json lists up to 100,000.");
    }
    long read = number(report, "readFiles");
    out.printf(
        Locale.ROOT,
        "Compared %d files of the catalog with the store%s in %.1f s.%n",
        number(report, "rows"),
        read == 0
            ? ""
            : " and read %d again (%s)".formatted(read, size(number(report, "readBytes"))),
        number(report, "millis") / 1000.0);
    out.println(verdict(report, repaired));
  }

  private void finding(JsonObject one) {
    String where =
        one.getString("storedAs").isEmpty()
            ? "file " + number(one, "file")
            : one.getString("storedAs");
    out.println(
        one.getString("kind") + "  " + shown(where) + ": " + shown(one.getString("detail")));
    out.println("    " + one.getString("outcome") + ": " + shown(one.getString("remedy")));
  }

  private static String verdict(JsonObject report, boolean repaired) {
    JsonObject kinds = report.getJsonObject("kinds");
    if (kinds.isEmpty() && number(report, "unlisted") == 0) {
      return "Clean: nothing was found.";
    }
    String each =
        kinds.keySet().stream()
            .map(kind -> kind + " " + number(kinds, kind))
            .collect(Collectors.joining(", "));
    long left = number(report, "left");
    return "Found: "
        + each
        + ". "
        + (left == 0 ? "All of it is mended." : left + " left.")
        + (repaired || left == 0 ? "" : " 'check --repair' mends what can be mended.");
  }

  /** How far a check is, in one short line. */
  static String progress(JsonObject run) {
    return switch (run.getString("phase")) {
      case "rows" ->
          "Comparing files: %d of %d%s"
              .formatted(
                  number(run, "rows"),
                  number(run, "allRows"),
                  number(run, "readBytes") == 0
                      ? ""
                      : ", read %s of at most %s"
                          .formatted(
                              size(number(run, "readBytes")), size(number(run, "allBytes"))));
      case "store" -> "Looking for files without a row";
      case "repair" -> "Mending";
      default -> "Weighing what was found";
    };
  }

  private static long number(JsonObject of, String name) {
    JsonNumber number = of.getJsonNumber(name);
    return number == null ? 0 : number.longValue();
  }

  /** A name from a PC may hold what steers a terminal. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}|\\p{Cf}", "\ufffd");
  }

  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
