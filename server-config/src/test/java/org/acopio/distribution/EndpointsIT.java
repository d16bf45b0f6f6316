package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switches of the ports, connections made for a browser, the load, and the API's document. */
class EndpointsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Small enough to be reached, and enough for an agent. */
  private static final int MOST_OF_RMI = 30;

  private static final int MOST_OF_RMI_FROM_ONE = 20;
  private static final int MOST_OF_HTTP = 90;
  private static final int MOST_OF_HTTP_FROM_ONE = 50;

  /** How a client of RMI begins (Java Object Serialization's "RMI Wire Protocol"). */
  private static final byte[] STREAM_PROTOCOL = {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b};

  @TempDir static Path temp;
  private static ServerProcess server;
  private static AdminHttp admin;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server =
        ServerProcess.start(
            temp.resolve("data"),
            "-Dacopio.rmi.max-connections=" + MOST_OF_RMI,
            "-Dacopio.rmi.max-connections-per-address=" + MOST_OF_RMI_FROM_ONE,
            "-Dacopio.http.max-connections=" + MOST_OF_HTTP,
            "-Dacopio.http.max-connections-per-address=" + MOST_OF_HTTP_FROM_ONE);
    admin = new AdminHttp(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject endpoint(int port) throws IOException, InterruptedException {
    return admin.json("/api/endpoints/" + port);
  }

  private static int echo() {
    return server.tcpPorts("echo").get(0);
  }

  // ---------------------------------------------------------------- switches

  @Test
  void everyPortIsTold() throws IOException, InterruptedException {
    List<Integer> told =
        admin
            .json("/api/endpoints")
            .getJsonArray("endpoints")
            .getValuesAs(JsonObject.class)
            .stream()
            .map(one -> one.getInt("port"))
            .sorted()
            .toList();
    assertEquals(server.allPorts().stream().sorted().toList(), told);
  }

  @Test
  void requestsAreCountedForThePortOfHttp() throws IOException, InterruptedException {
    JsonObject before = endpoint(server.httpPort());
    assertEquals("http", before.getString("name"));
    assertEquals(200, before.getInt("maxThreads"));
    assertTrue(before.getInt("requests") >= 1, before::toString);
    assertFalse(before.getBoolean("secure"));
    JsonObject after = endpoint(server.httpPort());
    assertTrue(after.getInt("messages") > before.getInt("messages"), after::toString);
  }

  @Test
  void aPausedPortTurnsNewConnectionsAwayAndKeepsTheOld() throws IOException, InterruptedException {
    int port = server.tcpPorts("echo-queue").get(0);
    try (Socket old = new Socket("127.0.0.1", port)) {
      old.setSoTimeout(20_000);
      assertEquals('a', answerTo(old, 'a'));
      assertEquals(200, admin.post("/api/endpoints/" + port + "/pause").statusCode());
      assertTrue(endpoint(port).getBoolean("paused"));
      try (Socket turnedAway = new Socket("127.0.0.1", port)) {
        turnedAway.setSoTimeout(20_000);
        assertEquals(-1, answerTo(turnedAway, 'b'));
      }
      assertEquals('c', answerTo(old, 'c'));
    } finally {
      assertEquals(200, admin.post("/api/endpoints/" + port + "/resume").statusCode());
    }
    try (Socket again = new Socket("127.0.0.1", port)) {
      again.setSoTimeout(20_000);
      assertEquals('d', answerTo(again, 'd'));
    }
    assertEquals(1, endpoint(port).getInt("refused"));
  }

  /** The byte that comes back, or -1 when the connection has ended. */
  private static int answerTo(Socket client, int sent) {
    try {
      client.getOutputStream().write(sent);
      return client.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void onlyAnAdministratorPausesAPort() throws IOException, InterruptedException {
    HttpRequest.Builder nobody =
        HttpRequest.newBuilder(server.http("/api/endpoints/" + echo() + "/pause"))
            .POST(BodyPublishers.noBody());
    int status =
        HttpClient.newHttpClient().send(nobody.build(), BodyHandlers.ofString()).statusCode();
    assertEquals(401, status);
    assertFalse(endpoint(echo()).getBoolean("paused"));
  }

  @Test
  void whatHasNoSwitchIsSaidSo() throws IOException, InterruptedException {
    var unknown = admin.post("/api/endpoints/1/pause");
    assertEquals(404, unknown.statusCode());
    assertTrue(unknown.body().contains("/api/endpoints"), unknown::body);
    var http = admin.post("/api/endpoints/" + server.httpPort() + "/pause");
    assertEquals(404, http.statusCode());
    assertTrue(http.body().contains("port-of-http"), http::body);
  }

  /** It is turned away until the port goes on, and then collects as if nothing had been. */
  @Test
  void anAgentOutlastsAPauseOfRmi() throws Exception {
    Path pictures = new Media(4).library(temp.resolve("pictures"), 5, 300_000);
    int port = server.rmiPort();
    int before = endpoint(port).getInt("refused");
    assertEquals(200, admin.post("/api/endpoints/" + port + "/pause").statusCode());
    try (AgentProcess agent =
        AgentProcess.start(
            "collect",
            pictures.toString(),
            "--server",
            server.rmiAddress(),
            "--journal",
            temp.resolve("journal").toString(),
            "--yes")) {
      try {
        assertTrue(endpoint(port).getBoolean("paused"));
        assertTrue(problems(admin.json("/api/overview")).contains("ports-paused rmi " + port));
        Awaitility.await()
            .atMost(PATIENCE.multipliedBy(2))
            .until(() -> endpoint(port).getInt("refused") > before);
        assertEquals(0, endpoint(port).getInt("open"));
      } finally {
        assertEquals(200, admin.post("/api/endpoints/" + port + "/resume").statusCode());
      }
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
    }
    assertEquals(6, admin.json("/api/files").getJsonArray("files").size());
    assertFalse(endpoint(port).getBoolean("paused"));
    String audit = admin.json("/api/audit").toString();
    assertTrue(audit.contains("rmi " + port), audit);
  }

  private static List<String> problems(JsonObject overview) {
    return overview.getJsonArray("problems").getValuesAs(JsonObject.class).stream()
        .map(problem -> problem.getString("code") + " " + problem.getString("subject"))
        .toList();
  }

  // ------------------------------------------------------------------ limits

  /** A client of RMI that has said how it begins, so that it is not given up for another. */
  private static TcpClient rmi(String address) throws IOException {
    TcpClient client = TcpClient.from(address, server.rmiPort());
    assertEquals('N', client.send(STREAM_PROTOCOL).read(1)[0]);
    return client;
  }

  private static void close(List<TcpClient> clients) throws IOException {
    for (TcpClient client : clients) {
      client.close();
    }
  }

  @Test
  void rmiTellsItsLimitsAndWhomItTurnedAway() throws Exception {
    int port = server.rmiPort();
    Awaitility.await().atMost(PATIENCE).until(() -> endpoint(port).getInt("open") == 0);
    JsonObject before = endpoint(port);
    assertEquals(MOST_OF_RMI, before.getInt("maxConnections"));
    assertEquals(MOST_OF_RMI_FROM_ONE, before.getInt("maxConnectionsPerAddress"));
    assertEquals(200, before.getInt("maxThreads"));
    List<TcpClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < MOST_OF_RMI; i++) {
        open.add(rmi(i < MOST_OF_RMI_FROM_ONE ? "127.0.0.1" : "127.0.0.2"));
      }
      for (String address : List.of("127.0.0.1", "127.0.0.3")) {
        try (TcpClient tooMany = TcpClient.from(address, port)) {
          assertEquals(0, tooMany.readToEnd().length);
        }
      }
      assertEquals(MOST_OF_RMI, endpoint(port).getInt("open"));
      assertTrue(problems(admin.json("/api/overview")).contains("ports-full rmi " + port));
    } finally {
      close(open);
    }
    JsonObject after = endpoint(port);
    assertEquals(MOST_OF_RMI, after.getInt("peak"));
    assertEquals(before.getInt("refused") + 2, after.getInt("refused"));
    assertEquals(before.getInt("refusedPerAddress") + 1, after.getInt("refusedPerAddress"));
    assertEquals(after.getInt("refused"), metric("acopio_endpoint_refused", port));
  }

  private static double metric(String name, int port) throws IOException, InterruptedException {
    return admin
        .send(admin.request("/metrics").header("Accept", "text/plain"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("port=\"" + port + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void httpTellsItsLimitsAndWhomItTurnedAway() throws Exception {
    int port = server.httpPort();
    JsonObject before = endpoint(port);
    assertEquals(MOST_OF_HTTP, before.getInt("maxConnections"));
    assertEquals(MOST_OF_HTTP_FROM_ONE, before.getInt("maxConnectionsPerAddress"));
    List<TcpClient> open = new ArrayList<>();
    try (TcpClient first = TcpClient.to(port)) {
      for (int i = 0; i < MOST_OF_HTTP_FROM_ONE; i++) {
        open.add(TcpClient.from("127.0.0.2", port));
      }
      try (TcpClient tooMany = TcpClient.from("127.0.0.2", port)) {
        assertEquals(0, tooMany.readToEnd().length);
      }
      // More than there can be room for; the last is turned away, as those before it are.
      for (int i = 0; i < MOST_OF_HTTP_FROM_ONE; i++) {
        open.add(TcpClient.from("127.0.0.3", port));
      }
      assertEquals(0, open.get(open.size() - 1).readToEnd().length);
      first.send(
          "GET /api/overview HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
              .formatted(port, admin.bearer()));
      String overview = first.textToEnd();
      assertTrue(overview.contains("\"ports-full\""), overview);
      assertTrue(overview.contains("\"http " + port + "\""), overview);
    } finally {
      close(open);
    }
    JsonObject after = endpoint(port);
    assertEquals(MOST_OF_HTTP, after.getInt("peak"));
    assertTrue(after.getInt("refused") >= before.getInt("refused") + 2, after::toString);
    assertEquals(before.getInt("refusedPerAddress") + 1, after.getInt("refusedPerAddress"));
    assertTrue(after.getInt("accepted") > before.getInt("accepted"), after::toString);
    assertTrue(metric("acopio_endpoint_refused", port) >= 2);
    assertTrue(metric("acopio_endpoint_request_seconds", port) > 0);
    assertTrue(metric("acopio_endpoint_messages", port) > 0);
  }

  // ------------------------------------------------- connections for browsers

  private static WebSocketClient connection(int port, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of("Authorization", admin.bearer()));
    all.addAll(List.of(headers));
    return new WebSocketClient(
        admin.client(),
        URI.create("ws://127.0.0.1:" + server.httpPort() + "/console/connection/" + port),
        all.toArray(String[]::new));
  }

  @Test
  void aBrowsersConnectionIsASessionWithItsAddressAndPort() throws Exception {
    JsonObject told;
    try (WebSocketClient browser = connection(echo())) {
      told = Json.createReader(new StringReader(browser.text())).readObject();
      assertEquals("open", told.getString("state"));
      byte[] message = "niño\u0000\n".getBytes(StandardCharsets.UTF_8);
      browser.send(message);
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertArrayEquals(message, browser.bytes()));
      JsonObject session = sessions(told).getJsonObject(0);
      assertEquals("echo", session.getString("kind"));
      assertEquals(message.length, session.getInt("bytesRead"));
      assertTrue(session.getString("detail").startsWith("web"), session::toString);
    }
    Awaitility.await().atMost(PATIENCE).until(() -> sessions(told).isEmpty());
  }

  private static JsonArray sessions(JsonObject told) throws IOException, InterruptedException {
    String text = told.getString("address") + ":" + told.getInt("port");
    return admin.json("/api/sessions?text=" + text).getJsonArray("sessions");
  }

  @Test
  void theEndOfTheProtocolEndsTheBrowsersConnection() throws Exception {
    try (WebSocketClient browser = connection(server.tcpPorts("session-thread").get(0))) {
      browser.text();
      browser.send("SALIR".getBytes(StandardCharsets.US_ASCII));
      assertEquals("server", browser.reason());
      String said = new String(browser.bytes(), StandardCharsets.US_ASCII);
      assertTrue(said.matches("\\d+ secs"), said);
    }
  }

  @Test
  void nothingButEchoAndSessionsIsReached() throws Exception {
    List<Integer> others =
        List.of(server.httpPort(), server.rmiPort(), server.tcpPorts("ingest").get(0), 22, 0);
    for (int port : others) {
      try (WebSocketClient browser = connection(port)) {
        assertEquals("no-port", browser.reason(), () -> "port " + port);
      }
    }
  }

  @Test
  void neitherStrangersNorPagesOfOthersHaveConnectionsMade() throws Exception {
    assertThrows(ExecutionException.class, () -> connection(echo(), "Origin", "http://evil.test"));
    URI address =
        URI.create("ws://127.0.0.1:" + server.httpPort() + "/console/connection/" + echo());
    assertThrows(ExecutionException.class, () -> new WebSocketClient(admin.client(), address));
  }

  @Test
  void aPersonHasFewConnections() throws Exception {
    int port = server.tcpPorts("echo").get(1);
    List<WebSocketClient> own = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        own.add(connection(port));
        own.get(i).text();
      }
      try (WebSocketClient one = connection(port)) {
        assertEquals("too-many", one.reason());
      }
    } finally {
      own.forEach(WebSocketClient::close);
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(0, endpoint(port).getInt("open")));
  }

  // -------------------------------------------------------------------- load

  private static Map<String, String> load(int connections, int periodMillis, int seconds) {
    return Map.of(
        "target-port", "0",
        "target-connections", Integer.toString(connections),
        "target-period", Integer.toString(periodMillis),
        "target-seconds", Integer.toString(seconds));
  }

  @Test
  void aLoadIsBoundedRunsAloneAndCanBeStopped() throws Exception {
    AdminHttp.Page page = admin.new Page("/console/endpoints", "command");
    int threads = server.tcpPorts("session-thread").get(0);
    int selector = server.tcpPorts("session-selector").get(0);
    for (Map<String, String> tooMuch :
        List.of(load(501, 1_000, 30), load(1, 99, 30), load(1, 1_000, 61), load(0, 1_000, 1))) {
      String refusal = page.press("command-load", tooMuch);
      assertTrue(refusal.contains("500") && refusal.contains("60"), refusal);
    }
    assertTrue(page.press("command-load", load(20, 100, 60)).contains("has begun"));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertEquals(20, endpoint(threads).getInt("open"));
              assertEquals(20, endpoint(selector).getInt("open"));
              assertTrue(endpoint(selector).getInt("messages") > 40);
              assertEquals(20, endpoint(threads).getInt("threads"));
            });
    assertTrue(endpoint(selector).getInt("threads") < 20);
    String second = page.press("command-load", load(1, 1_000, 1));
    assertTrue(second.contains("Another load"), second);
    page.press("command-stop", load(1, 1_000, 1));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertEquals(0, endpoint(threads).getInt("open"));
              assertEquals(0, endpoint(selector).getInt("open"));
            });
  }

  @Test
  void aLoadIsStartedToldAndStoppedOverRest() throws Exception {
    assertEquals(404, loads("DELETE", "").statusCode());
    var tooMany = loads("POST", "{\"connections\":501}");
    assertEquals(400, tooMany.statusCode());
    assertTrue(tooMany.body().contains("connections"), tooMany::body);
    assertEquals(200, loads("POST", "{\"connections\":5,\"periodMillis\":100}").statusCode());
    assertEquals(409, loads("POST", "{}").statusCode());
    Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertTrue(lane().containsKey("p99")));
    assertEquals("running", load().getString("state"));
    assertEquals(30, load().getInt("ofSeconds"));
    assertEquals(200, loads("DELETE", "").statusCode());
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals("stopped", load().getString("state")));
    assertTrue(lane().containsKey("p99"), "the last figures stay");
    String audit = admin.json("/api/audit").toString();
    assertTrue(audit.contains("load.start") && audit.contains("load.stop"), audit);
  }

  private static HttpResponse<String> loads(String method, String body)
      throws IOException, InterruptedException {
    return admin.send(
        admin
            .request("/api/endpoints/load")
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static JsonObject load() throws IOException, InterruptedException {
    return admin.json("/api/endpoints").getJsonObject("load");
  }

  private static JsonObject lane() throws IOException, InterruptedException {
    return load().getJsonArray("lanes").getJsonObject(1);
  }

  @Test
  void aSessionIsClosedByItsButton() throws Exception {
    AdminHttp.Page page = admin.new Page("/console/sessions", "command");
    try (Socket client = new Socket("127.0.0.1", echo())) {
      client.setSoTimeout(20_000);
      assertEquals('x', answerTo(client, 'x'));
      JsonObject row =
          admin
              .json("/api/sessions?text=:" + client.getLocalPort())
              .getJsonArray("sessions")
              .getJsonObject(0);
      String said =
          page.press("command-close", Map.of("target", Integer.toString(row.getInt("number"))));
      assertTrue(said.contains("127.0.0.1:" + client.getLocalPort()), said);
      assertEquals(-1, client.getInputStream().read());
    }
    assertTrue(page.press("command-close", Map.of("target", "1")).contains("over already"));
  }

  // --------------------------------------------------------------------- API

  @Test
  void whatIsLookedForWronglyIsAProblem() throws IOException, InterruptedException {
    for (String query :
        List.of("sort=size", "direction=up", "kind=ftp", "text=" + "x".repeat(101))) {
      var answer = admin.get("/api/sessions?" + query);
      assertEquals(400, answer.statusCode(), answer::body);
      assertTrue(answer.body().contains(query.substring(0, query.indexOf('='))), answer::body);
    }
  }

  @Test
  void figuresArePublishedAsMetrics() throws IOException, InterruptedException {
    String metrics = admin.send(admin.request("/metrics").header("Accept", "text/plain")).body();
    for (String name :
        List.of(
            "acopio_endpoint_threads{",
            "acopio_endpoint_accepted{",
            "acopio_endpoint_read_bytes{",
            "acopio_sessions_live{",
            "acopio_sessions_begun{")) {
      assertTrue(metrics.contains(name), () -> "no " + name + " in " + metrics);
    }
    assertTrue(metrics.contains("port=\"" + echo() + "\""), metrics);
    assertTrue(metrics.contains("port=\"" + server.rmiPort() + "\""), metrics);
    assertTrue(metrics.contains("reason=\"first-byte\""), metrics);
  }
}
