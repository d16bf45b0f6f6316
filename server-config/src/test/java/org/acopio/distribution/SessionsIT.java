package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Echo, the session protocol, and the registry of sessions, as clients and administrators do. */
class SessionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ANSWER = "\\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2} \\d+ secs";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path temp;
  private static List<Integer> ports;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    ports = freePorts(6);
    server =
        ServerProcess.start(
            temp.resolve("data"),
            "-Dacopio.echo.ports=" + ports.get(0) + "," + ports.get(1) + "," + ports.get(2),
            "-Dacopio.echo.queue-ports=" + ports.get(3),
            "-Dacopio.session.thread-ports=" + ports.get(4),
            "-Dacopio.session.selector-ports=" + ports.get(5));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
  }

  // ----------------------------------------------------------------- clients

  /** A client that sends and receives bytes as they are. */
  private static final class Client implements AutoCloseable {
    private final Socket socket = new Socket();

    Client(int port) throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(new InetSocketAddress("127.0.0.1", port));
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next bytes that make text which matches. */
    String receive(String pattern) throws IOException {
      StringBuilder text = new StringBuilder();
      while (!text.toString().matches(pattern)) {
        int next = socket.getInputStream().read();
        assertTrue(next >= 0, () -> "closed after '" + text + "', not " + pattern);
        text.append((char) next);
      }
      return text.toString();
    }

    String receive(int bytes) throws IOException {
      return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    void expectEnd() throws IOException {
      assertEquals(-1, socket.getInputStream().read());
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void everyEchoPortReturnsEveryByte() throws IOException {
    for (int port : ports.subList(0, 4)) {
      try (Client client = new Client(port)) {
        byte[] bytes = new byte[100_000];
        new Random(port).nextBytes(bytes);
        client.socket.getOutputStream().write(bytes);
        client.socket.shutdownOutput();
        assertArrayEquals(bytes, client.socket.getInputStream().readAllBytes());
      }
    }
  }

  @Test
  void piecesAreEchoedToTheirOwnSender() throws IOException {
    try (Client one = new Client(ports.get(3));
        Client two = new Client(ports.get(3))) {
      for (String piece : List.of("Este mensaje ", "es enviado ", "en partes.")) {
        one.send(piece);
        two.send(piece.replace("e", "E"));
      }
      assertEquals("Este mensaje es enviado en partes.", one.receive(34));
      assertEquals("EstE mEnsajE Es Enviado En partEs.", two.receive(34));
    }
  }

  @Test
  void sessionProtocolIsTheSameWithThreadsAndWithASelector() throws IOException {
    for (int port : ports.subList(4, 6)) {
      try (Client client = new Client(port)) {
        client.send("hola");
        client.receive(ANSWER);
        client.send("una linea\n");
        client.receive(ANSWER + "\n");
        client.send("otra\r\n");
        client.receive(ANSWER + "\r\n");
        client.send("SALIR");
        client.receive("\\d+ secs");
        client.expectEnd();
      }
    }
  }

  // ---------------------------------------------------------------- registry

  private static HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.http(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  private static List<JsonObject> sessions(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = ask("GET", path, administrator());
    assertEquals(200, response.statusCode(), response::body);
    return json(response).getJsonArray("sessions").getValuesAs(JsonObject.class);
  }

  private static JsonObject live(Client client) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> find("/api/sessions?limit=1000", client.port()), found -> !found.isEmpty())
        .get(0);
  }

  private static JsonObject past(int port) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> find("/api/sessions/history?limit=1000", port), found -> !found.isEmpty())
        .get(0);
  }

  private static List<JsonObject> find(String path, int port)
      throws IOException, InterruptedException {
    return sessions(path).stream().filter(session -> session.getInt("port") == port).toList();
  }

  private static String[] administrator() throws IOException {
    return new String[] {"Authorization", server.bearer()};
  }

  @Test
  void everyClientIsListedWithAddressAndPortAndRemembered() throws Exception {
    List<String> kinds =
        List.of("echo", "echo", "echo", "echo-queue", "session-thread", "session-selector");
    for (int i = 0; i < ports.size(); i++) {
      int port;
      try (Client client = new Client(ports.get(i))) {
        client.send("hola\n");
        client.receive(".*hola\n|" + ANSWER + "\n");
        port = client.port();
        JsonObject live = live(client);
        assertEquals(kinds.get(i), live.getString("kind"));
        assertEquals("127.0.0.1", live.getString("address"));
        assertEquals(ports.get(i), live.getInt("localPort"));
        assertEquals(1, live.getInt("messages"));
        assertEquals(5, live.getInt("bytesRead"));
        assertEquals("open", live.getString("state"));
      }
      JsonObject past = past(port);
      assertEquals(kinds.get(i), past.getString("kind"));
      assertEquals("peer", past.getString("reason"));
      assertEquals(5, past.getInt("bytesRead"));
    }
  }

  @Test
  void rmiConnectionIsASessionToo() throws Exception {
    try (Client client = new Client(server.rmiPort())) {
      // JRMI, version 2, stream protocol; answered with N, acknowledged.
      client.socket.getOutputStream().write(new byte[] {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b});
      client.receive("N");
      JsonObject live = live(client);
      assertEquals("rmi", live.getString("kind"));
      assertEquals(7, live.getInt("bytesRead"));
      String path = "/api/sessions/" + live.getInt("number");
      assertEquals(200, ask("DELETE", path, administrator()).statusCode());
      client.socket.getInputStream().readAllBytes();
      assertEquals("administrator", past(client.port()).getString("reason"));
    }
  }

  @Test
  void onlyTheAdministratorCloses() throws Exception {
    try (Client client = new Client(ports.get(0))) {
      String path = "/api/sessions/" + live(client).getInt("number");
      for (String all : List.of(path, "/api/sessions", "/api/sessions?kind=echo")) {
        HttpResponse<String> refused = ask("DELETE", all);
        assertEquals(401, refused.statusCode());
        assertTrue(refused.body().contains("admin-token"), refused::body);
        assertEquals(
            "application/problem+json", refused.headers().firstValue("Content-Type").orElse(""));
        assertEquals(401, ask("DELETE", all, "Authorization", "Bearer wrong").statusCode());
      }
      client.send("x");
      assertEquals("x", client.receive(1));
      String others = "/api/sessions?kind=echo&text=nobody+is+called+this";
      assertEquals(0, json(ask("DELETE", others, administrator())).getInt("closing"));
      String itself = "/api/sessions?kind=echo&text=127.0.0.1:" + client.port();
      assertEquals(1, json(ask("DELETE", itself, administrator())).getInt("closing"));
      client.expectEnd();
    }
  }

  @Test
  void whatIsNotThereOrCannotBeIsTold() throws Exception {
    assertEquals(401, ask("GET", "/api/sessions/999999999").statusCode());
    assertEquals(404, ask("GET", "/api/sessions/999999999", administrator()).statusCode());
    assertEquals(404, ask("DELETE", "/api/sessions/999999999", administrator()).statusCode());
    for (String query : List.of("kind=bogus", "limit=0", "limit=1001", "offset=-1", "limit=x")) {
      HttpResponse<String> refused = ask("GET", "/api/sessions?" + query, administrator());
      assertEquals(400, refused.statusCode(), query);
      assertTrue(json(refused).getString("detail").contains(query.split("=")[0]), refused::body);
    }
    assertEquals(400, ask("GET", "/api/sessions/history?before=0", administrator()).statusCode());
  }

  // ----------------------------------------------------------- administrator

  private static ServerProcess admin(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    ServerProcess command = ServerProcess.run(Distribution.script("acopio-server"), Map.of(), all);
    command.awaitExit();
    return command;
  }

  @Test
  void adminCommandShowsAndClosesSessions() throws Exception {
    String data = temp.resolve("data").toString();
    try (Client client = new Client(ports.get(5));
        Client other = new Client(ports.get(4))) {
      int number = live(client).getInt("number");
      live(other);
      try (ServerProcess shown = admin("sessions", "--data", data)) {
        assertEquals(0, shown.awaitExit());
        assertTrue(
            shown.output().toString().contains("127.0.0.1:" + client.port()),
            shown.output()::toString);
      }
      try (ServerProcess closed = admin("close", Integer.toString(number), "--data", data)) {
        assertEquals(0, closed.awaitExit(), closed.output()::toString);
      }
      client.expectEnd();
      try (ServerProcess closed = admin("close", "session-thread", "--yes", "--data", data)) {
        assertEquals(0, closed.awaitExit(), closed.output()::toString);
      }
      other.expectEnd();
    }
  }

  @Test
  void adminCommandHasAnExitCodeForEachOutcome() throws Exception {
    String data = temp.resolve("data").toString();
    Map<Integer, List<String>> outcomes =
        Map.of(
            1, List.of("close", "999999999", "--data", data),
            2, List.of("close", "--data", data),
            3, List.of("sessions", "--data", temp.resolve("nothing").toString()));
    for (Map.Entry<Integer, List<String>> outcome : outcomes.entrySet()) {
      try (ServerProcess command = admin(outcome.getValue().toArray(String[]::new))) {
        assertEquals(outcome.getKey(), command.awaitExit(), command.output()::toString);
        assertEquals(1, command.output().lines().size(), command.output()::toString);
      }
    }
    assertFalse(Files.exists(temp.resolve("nothing")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void tokenIsReadableByItsOwnerOnly() throws IOException {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(temp.resolve("data/admin-token"))));
  }

  @Test
  void logHasArrivalsAndEnds() throws Exception {
    int port;
    try (Client client = new Client(ports.get(0))) {
      client.send("x");
      client.receive(1);
      port = client.port();
    }
    Path log = temp.resolve("data/log/server.log");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> Files.readString(log),
            text ->
                text.contains("Recibo conexion de 127.0.0.1:" + port)
                    && text.contains("Cliente desconectado 127.0.0.1:" + port));
  }
}
