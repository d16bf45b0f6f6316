package org.acopio.distribution;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.acopio.demo.DemoFolder;

/**
 * A server with the demonstration's files and those of {@link HostileNames} and {@link Undrawn} on
 * it, an administrator and a viewer, for every test of the console of one run.
 *
 * @param passwords by the names of the accounts
 */
record ConsoleServer(ServerProcess process, Path folder, Map<String, String> passwords)
    implements AutoCloseable {
  static final String ADMINISTRATOR = "admin";
  static final String VIEWER = "maria";

  /** What the PC calls itself from which the files came. */
  static final String PC = "secretaría";

  static ConsoleServer start() {
    try {
      Path folder = Files.createTempDirectory("acopio-console").toRealPath();
      ServerProcess process = ServerProcess.start(folder.resolve("data"));
      try {
        return new ConsoleServer(process, folder, fill(process, folder));
      } catch (IOException | InterruptedException | RuntimeException | Error e) {
        process.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> fill(ServerProcess process, Path folder)
      throws IOException, InterruptedException {
    collect(process, folder);
    return Map.of(ADMINISTRATOR, AdminHttp.firstPassword(process), VIEWER, addViewer(process));
  }

  private static void collect(ServerProcess process, Path folder)
      throws IOException, InterruptedException {
    Path media = folder.resolve("media");
    DemoFolder.make(media);
    HostileNames.make(media.resolve("hostile"));
    Undrawn.make(media.resolve("undrawn"));
    try (AgentProcess agent =
        Collected.start(
            Map.of("COMPUTERNAME", PC), process.rmiAddress(), folder.resolve("journal"), media)) {
      int code = agent.awaitExit();
      if (code != 0) {
        throw new AssertionError(code + ": " + agent.output());
      }
    }
  }

  private static String addViewer(ServerProcess process) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(process.http("/api/users"))
            .header("Authorization", process.bearer())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + VIEWER + "\",\"role\":\"viewer\"}"))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      JsonObject user = reader.readObject();
      if (!user.containsKey("password")) {
        throw new AssertionError(answer + " " + answer.body());
      }
      return user.getString("password");
    }
  }

  String password(String name) {
    return passwords.getOrDefault(name, "");
  }

  @Override
  public void close() throws IOException {
    process.close();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
