package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two PCs behind one address, and what the server can show of what they said they have. */
class ClientsIT {
  private static final int LIMIT = 300_000;

  @TempDir static Path temp;
  private static ServerProcess server;
  private static AdminHttp http;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"), "-Dacopio.collect.max-file-bytes=" + LIMIT);
    http = new AdminHttp(server);
    Path ana = new Media(11).library(temp.resolve("ana"), 20, 400_000);
    Path eva = new Media(12).library(temp.resolve("eva"), 7, 200_000);
    collect("ana-journal", ana);
    collect("eva-journal", eva);
    collect("ana-journal", ana);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void collect(String journal, Path source)
      throws IOException, InterruptedException {
    try (AgentProcess agent =
        AgentProcess.start(
            "collect",
            source.toString(),
            "--server",
            server.rmiAddress(),
            "--journal",
            temp.resolve(journal).toString(),
            "--yes")) {
      agent.awaitExit();
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(http.request(path));
  }

  private static JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), answer::body);
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  @Test
  void twoPcsBehindOneAddressAreToldApart() throws IOException, InterruptedException {
    JsonObject clients = json("/api/clients");
    assertEquals(1, clients.getInt("matching"));
    JsonObject client = clients.getJsonArray("clients").getJsonObject(0);
    assertEquals("127.0.0.1", client.getString("address"));
    assertEquals(28, client.getInt("files"));
    assertEquals(3, client.getInt("collections"));
    assertEquals(2, client.getJsonArray("agents").size());
    List<JsonObject> agents =
        json("/api/agents?order=files&ascending=true")
            .getJsonArray("agents")
            .getValuesAs(JsonObject.class);
    assertEquals(List.of(8, 20), agents.stream().map(agent -> agent.getInt("files")).toList());
    assertEquals(List.of(0, 1), agents.stream().map(agent -> agent.getInt("unproven")).toList());
  }

  @Test
  void everyRunSaysWhatTheStoreProves() throws IOException, InterruptedException {
    List<JsonObject> runs =
        json("/api/collections").getJsonArray("collections").getValuesAs(JsonObject.class);
    assertEquals(
        List.of("21 20", "8 8", "21 20"),
        runs.stream()
            .map(
                run ->
                    run.getJsonObject("said").getInt("files")
                        + " "
                        + run.getJsonObject("proven").getInt("files"))
            .toList());
    String ana = runs.get(0).getString("agentId");
    JsonObject unproven =
        json("/api/agents/" + ana + "/unproven").getJsonArray("unproven").getJsonObject(0);
    assertEquals("too-large", unproven.getString("reason"));
    assertTrue(unproven.getString("path").endsWith("/panorama.jpg"));
    assertTrue(unproven.getString("detail").contains("" + LIMIT));
  }

  @Test
  void certificateIsWhatItsDigestSays()
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    String id =
        json("/api/agents?order=files")
            .getJsonArray("agents")
            .getJsonObject(0)
            .getString("shortId");
    HttpResponse<String> answer = get("/api/agents/" + id + "/certificate?verify=true");
    assertEquals(
        "attachment; filename=\"acopio-certificate-" + id + ".json\"",
        answer.headers().firstValue("Content-Disposition").orElseThrow());
    JsonObject document = Json.createReader(new StringReader(answer.body())).readObject();
    JsonObject summary = document.getJsonObject("certificate").getJsonObject("summary");
    assertEquals(21, summary.getInt("said"));
    assertEquals(20, summary.getInt("proven"));
    String text = answer.body();
    String content =
        text.substring("{\"certificate\":".length(), text.lastIndexOf(",\"sha256\":\""));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    assertEquals(document.getString("sha256"), HexFormat.of().formatHex(digest));
  }

  @Test
  void sha256sumAgreesInTheFolderOfTheAddress() throws IOException, InterruptedException {
    Path sums = temp.resolve("SHA256SUMS");
    Files.writeString(sums, get("/api/clients/127.0.0.1/SHA256SUMS").body());
    assertEquals(28, Files.readAllLines(sums).size());
    Process process;
    try {
      process =
          new ProcessBuilder("sha256sum", "-c", "--strict", "--quiet", sums.toString())
              .directory(temp.resolve("data/store/127.0.0.1").toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "sha256sum is not installed");
      throw e;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
  }

  @Test
  void foldersOpenOneAfterTheOther() throws IOException, InterruptedException {
    String path = "/api/clients/127.0.0.1/folder";
    JsonObject page = json(path);
    while (page.getJsonArray("folders").size() == 1) {
      String folder = page.getJsonArray("folders").getJsonObject(0).getString("folder");
      page = json(path + "?folder=" + folder);
    }
    assertEquals(
        List.of("ana 20", "eva 8"),
        page.getJsonArray("folders").getValuesAs(JsonObject.class).stream()
            .map(one -> one.getString("name") + " " + one.getInt("files"))
            .toList());
  }

  @Test
  void whatIsWrongIsToldWithARemedy() throws IOException, InterruptedException {
    String unknown = "0".repeat(64);
    for (String path :
        List.of(
            "/api/agents/xyz 400",
            "/api/agents/" + unknown + " 404",
            "/api/clients/192.0.2.200 404",
            "/api/collections/99999999 404",
            "/api/clients?order=colour 400",
            "/api/clients?limit=1001 400",
            "/api/agents?ascending=perhaps 400",
            "/api/clients/127.0.0.1/folder?folder=*** 400",
            "/api/clients/127.0.0.1/folder?after=x 400")) {
      String[] parts = path.split(" ");
      HttpResponse<String> answer = get(parts[0]);
      assertEquals(Integer.parseInt(parts[1]), answer.statusCode(), path);
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""), path);
    }
  }
}
