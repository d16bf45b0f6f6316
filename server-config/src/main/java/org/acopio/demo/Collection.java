package org.acopio.demo;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an agent said about one run of {@code acopio collect --json}: one JSON object a line.
 *
 * @param files its {@code file} events
 * @param problems what its {@code notice} events say of files that may be missing, a line each
 * @param summary its {@code summary} event
 * @param exitCode what the process ended with
 */
record Collection(List<Arrival> files, List<String> problems, JsonObject summary, int exitCode) {
  /** The exit code of an agent that collected what it could, and not all that there was. */
  private static final int PARTIAL = 1;

  /**
   * One file: where it is on the PC, what became of it, and where it is below the store.
   *
   * @param why the agent's words when it did not arrive
   */
  record Arrival(Path path, long bytes, String result, String sha256, String storedAs, String why) {
    static Arrival of(JsonObject event) {
      return new Arrival(
          pathOf(event),
          event.getJsonNumber("bytes").longValue(),
          event.getString("result"),
          event.getString("sha256", ""),
          event.getString("storedAs", ""),
          words(event, "reason"));
    }

    /** Whether it is on the server now. */
    boolean arrived() {
      return result.equals("stored") || isKnown();
    }

    /** Whether the server had it already. */
    boolean isKnown() {
      return result.equals("have");
    }

    /** The file itself; a name that is no text can be opened by its bytes alone. */
    private static Path pathOf(JsonObject event) {
      String bytes = event.getString("pathBytes", "");
      if (bytes.isEmpty()) {
        return Path.of(event.getString("path"));
      }
      StringBuilder uri = new StringBuilder("file://");
      for (byte each : Base64.getDecoder().decode(bytes)) {
        uri.append(each == '/' ? "/" : String.format("%%%02X", each));
      }
      return Path.of(URI.create(uri.toString()));
    }
  }

  /** Collects a folder as its user would and waits for the end; errors go to the person. */
  static Collection run(Distribution distribution, Path folder, String server, Path journal)
      throws IOException {
    List<String> command =
        List.of(
            distribution.agent().toString(),
            "collect",
            folder.toString(),
            "--server",
            server,
            "--journal",
            journal.toString(),
            "--yes",
            "--json");
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    }
    return of(lines, process.onExit().join().exitValue());
  }

  /** The run of which an agent printed these lines before it ended. */
  static Collection of(List<String> lines, int exitCode) {
    List<JsonObject> events = lines.stream().map(Collection::parse).toList();
    JsonObject summary =
        the("summary", events).findFirst().orElseThrow(() -> noSummary(events, exitCode));
    return new Collection(
        the("file", events).map(Arrival::of).toList(),
        the("notice", events)
            .filter(notice -> notice.getBoolean("problem", false))
            .map(notice -> line(notice.getString("path"), words(notice, "kind")))
            .toList(),
        summary,
        exitCode);
  }

  private static JsonObject parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new BrokenPromise("Not a line of JSON: " + line);
    }
  }

  private static Stream<JsonObject> the(String name, List<JsonObject> events) {
    return events.stream().filter(event -> name.equals(event.getString("event", "")));
  }

  private static BrokenPromise noSummary(List<JsonObject> events, int exitCode) {
    String why =
        the("error", events).map(error -> ": " + words(error, "message")).findFirst().orElse("");
    return new BrokenPromise("The agent gave no summary (exit code " + exitCode + ")" + why);
  }

  /** What an event says in this field, and the words of the server or the system. */
  private static String words(JsonObject event, String field) {
    String detail = event.getString("detail", "");
    return event.getString(field, "") + (detail.isEmpty() ? "" : " (" + detail + ")");
  }

  /** Paths may hold what a screen would obey. */
  private static String line(String path, String why) {
    return (path + ": " + why).replaceAll("\\p{Cntrl}", "\ufffd");
  }

  /** Whether the agent went through to the end, and not all was there to be collected. */
  boolean isPartial() {
    return exitCode == PARTIAL;
  }

  List<Arrival> arrived() {
    return files.stream().filter(Arrival::arrived).toList();
  }

  /** What did not arrive and why, a line each. */
  List<String> missing() {
    Stream<String> missing =
        files.stream()
            .filter(file -> !file.arrived())
            .map(file -> line(file.path().toString(), file.why()));
    return Stream.concat(missing, problems.stream()).toList();
  }

  long count(String field) {
    return summary.getJsonNumber(field).longValue();
  }

  double seconds() {
    return summary.getJsonNumber("seconds").doubleValue();
  }
}
