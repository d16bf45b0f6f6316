package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an agent said with {@code --json}, and whether source and store agree. Trusts no digest but
 * its own.
 */
final class Collected {
  private final List<JsonObject> events;

  private Collected(List<JsonObject> events) {
    this.events = events;
  }

  /** Runs {@code acopio collect} to its end; its exit code must be the one given. */
  static Collected by(int exit, String server, Path journal, Path source, String... more)
      throws IOException, InterruptedException {
    try (AgentProcess agent = start(Map.of(), server, journal, source, more)) {
      int code = agent.awaitExit();
      assertEquals(exit, code, agent.output()::toString);
      return from(agent);
    }
  }

  static AgentProcess start(
      Map<String, String> environment, String server, Path journal, Path source, String... more)
      throws IOException {
    List<String> words =
        Stream.concat(
                Stream.of(
                    "collect",
                    source.toString(),
                    "--server",
                    server,
                    "--journal",
                    journal.toString(),
                    "--yes",
                    "--json"),
                Stream.of(more))
            .toList();
    return AgentProcess.start(environment, words.toArray(String[]::new));
  }

  static Collected from(AgentProcess agent) {
    return new Collected(
        agent.output().lines().stream()
            .filter(line -> line.startsWith("{"))
            .map(line -> Json.createReader(new StringReader(line)).readObject())
            .toList());
  }

  List<JsonObject> events(String kind) {
    return events.stream().filter(event -> event.getString("event").equals(kind)).toList();
  }

  JsonObject summary() {
    return events("summary").get(0);
  }

  long count(String name) {
    return summary().getJsonNumber(name).longValue();
  }

  /** Every file below {@code source} is in the store where the agent was told, byte for byte. */
  void allArrived(Path source, Path store) throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        wanted.put(file.toString(), sha256(file));
      }
    }
    Map<String, String> arrived = new TreeMap<>();
    for (JsonObject file : events("file")) {
      Path stored = store.resolve(file.getString("storedAs"));
      assertTrue(stored.normalize().startsWith(store.resolve("127.0.0.1")), stored::toString);
      String digest = sha256(stored);
      assertEquals(file.getString("sha256"), digest, stored::toString);
      arrived.put(file.getString("path"), digest);
    }
    assertEquals(wanted, arrived);
  }

  /** What the agent was told to be stored is there, byte for byte. */
  void receiptsHold(Path store) throws IOException {
    for (JsonObject file : events("file")) {
      if (file.containsKey("storedAs")) {
        assertEquals(
            file.getString("sha256"),
            sha256(store.resolve(file.getString("storedAs"))),
            file::toString);
      }
    }
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
