package org.acopio.demo;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent said about one run of {@code acopio collect --json}: one JSON object a line.
 *
 * @param files its {@code file} events
 * @param summary its {@code summary} event
 * @param exitCode what the process ended with
 */
record Collection(List<Arrival> files, JsonObject summary, int exitCode) {

  /** One file: where it is on the PC, what became of it, and where it is below the store. */
  record Arrival(Path path, long bytes, String result, String sha256, String storedAs) {
    static Arrival of(JsonObject event) {
      return new Arrival(
          Path.of(event.getString("path")),
          event.getJsonNumber("bytes").longValue(),
          event.getString("result"),
          event.getString("sha256", ""),
          event.getString("storedAs", ""));
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
    List<JsonObject> events = new ArrayList<>();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        events.add(parse(line));
      }
    }
    return of(events, process.onExit().join().exitValue());
  }

  private static JsonObject parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new BrokenPromise("Not a line of JSON: " + line);
    }
  }

  private static Collection of(List<JsonObject> events, int exitCode) {
    List<Arrival> files =
        events.stream().filter(event -> is(event, "file")).map(Arrival::of).toList();
    JsonObject summary =
        events.stream()
            .filter(event -> is(event, "summary"))
            .findFirst()
            .orElseThrow(
                () -> new BrokenPromise("The agent gave no summary (exit code " + exitCode + ")"));
    return new Collection(files, summary, exitCode);
  }

  private static boolean is(JsonObject event, String name) {
    return name.equals(event.getString("event", ""));
  }

  long count(String field) {
    return summary.getJsonNumber(field).longValue();
  }

  double seconds() {
    return summary.getJsonNumber("seconds").doubleValue();
  }
}
