package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code acopio-server check} said.
 *
 * @param exit its exit code
 * @param output everything that it printed
 */
record Checked(int exit, Output output) {

  /** Runs it with exactly these words. */
  static Checked with(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(words));
    try (ServerProcess process =
        ServerProcess.run(Distribution.script("acopio-server"), Map.of(), all)) {
      return new Checked(process.awaitExit(), process.output());
    }
  }

  /** Runs it on a data folder, for programs. */
  static Checked of(Path data, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--json"));
    all.addAll(List.of(words));
    return with(all.toArray(String[]::new));
  }

  /** Catalog and store agree in every byte. */
  static void assertClean(Path data, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--read-data"));
    all.addAll(List.of(words));
    Checked checked = of(data, all.toArray(String[]::new));
    assertEquals(Set.of(), checked.findings(), checked.output()::toString);
    assertEquals(0, checked.exit(), checked.output()::toString);
  }

  JsonObject report() {
    String text =
        output.lines().stream()
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no report:\n" + output));
    return Json.createReader(new StringReader(text)).readObject();
  }

  /** Kind and name of each finding. */
  Set<String> findings() {
    Set<String> findings = new TreeSet<>();
    for (JsonObject one : report().getJsonArray("findings").getValuesAs(JsonObject.class)) {
      findings.add(one.getString("kind") + " " + one.getString("storedAs"));
    }
    return findings;
  }
}
