package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
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
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what is kept from whom, of a running server. */
class SecurityIT {
  private static final Pattern PASSWORD = Pattern.compile("[A-Z0-9]{5}(-[A-Z0-9]{5}){3}");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path temp;
  private static ServerProcess server;
  private static String adminPassword;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"), "-Dacopio.console.hosts=acopio.example.org");
    adminPassword = password(server.output().toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String password(String text) {
    Matcher found = PASSWORD.matcher(text);
    assertTrue(found.find(), () -> "no password in " + text);
    return found.group();
  }

  private static HttpResponse<String> ask(
      String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.http(path)).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return ask("GET", path, "", headers);
  }

  private static HttpResponse<String> post(String path, String form, String... headers)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
    all.addAll(List.of(headers));
    return ask("POST", path, form, all.toArray(String[]::new));
  }

  private static HttpResponse<String> login(String name, String password)
      throws IOException, InterruptedException {
    return post("/login", "name=" + name + "&password=" + password);
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String basic(String name, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  /** A new user, whose password is returned. */
  private static String user(String name, String role) throws IOException, InterruptedException {
    HttpResponse<String> added =
        ask(
            "POST",
            "/api/users",
            "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}",
            "Content-Type",
            "application/json",
            "Authorization",
            server.bearer());
    assertEquals(201, added.statusCode(), added::body);
    return json(added).getString("password");
  }

  // ------------------------------------------------------------------- login

  @Test
  void firstPasswordIsShownOnceAndKeptNowhere() throws IOException {
    assertEquals(
        1, server.output().lines().stream().filter(line -> line.contains(adminPassword)).count());
    try (Stream<Path> files = Files.walk(temp.resolve("data"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(adminPassword), file::toString);
      }
    }
  }

  @Test
  void loginBeginsANewSessionAndLeadsToThePageThatWasWanted() throws Exception {
    HttpResponse<String> refused = get("/console/library?x=1");
    assertEquals(303, refused.statusCode());
    assertEquals("/login?to=%2Fconsole%2Flibrary%3Fx%3D1", header(refused, "Location"));
    HttpResponse<String> first =
        post(
            "/login",
            "to=%2Fconsole%2Flibrary%3Fx%3D1&name=admin&password=" + adminPassword,
            "Cookie",
            "acopio-session-" + server.httpPort() + "=planted");
    assertEquals(303, first.statusCode(), first::body);
    assertEquals("/console/library?x=1", header(first, "Location"));
    String set = header(first, "Set-Cookie");
    assertFalse(set.contains("planted"), set);
    assertTrue(set.contains("HttpOnly") && set.toLowerCase().contains("samesite=lax"), set);
    HttpResponse<String> again =
        post(
            "/login",
            "name=admin&password=" + adminPassword,
            "Cookie",
            cookie(first),
            "Origin",
            server.http("").toString());
    assertNotEquals(cookie(first), cookie(again));
    assertEquals(200, get("/console/overview", "Cookie", cookie(again)).statusCode());
    assertEquals(303, get("/console/overview", "Cookie", cookie(first)).statusCode());
  }

  @Test
  void loginLeadsToNoOtherServer() throws Exception {
    HttpResponse<String> answer =
        post("/login", "to=//evil.example/&name=admin&password=" + adminPassword);
    assertEquals("/console/overview", header(answer, "Location"));
  }

  @Test
  void guesserWaitsAndIsToldSo() throws Exception {
    user("guessed", "viewer");
    HttpResponse<String> wrong = login("guessed", "wrong");
    assertEquals(401, wrong.statusCode());
    assertTrue(wrong.body().contains("not right"), wrong::body);
    assertTrue(wrong.headers().firstValue("Set-Cookie").isEmpty());
    // The waits double, so sooner or later one is longer than any request of a busy machine takes.
    HttpResponse<String> wait =
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(200))
            .until(() -> login("guessed", "wrong"), SecurityIT::isLongWait);
    assertTrue(wait.body().contains("Try again in"), wait::body);
    HttpResponse<String> spanish =
        post("/login", "name=guessed&password=x", "Accept-Language", "es-MX");
    assertEquals(429, spanish.statusCode());
    assertTrue(spanish.body().contains("demasiadas contraseñas"), spanish::body);
    assertEquals(429, get("/api/sessions", "Authorization", basic("guessed", "x")).statusCode());
  }

  private static boolean isLongWait(HttpResponse<String> answer) {
    return answer.statusCode() == 429 && Integer.parseInt(header(answer, "Retry-After")) >= 7;
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    String cookie = cookie(login("admin", adminPassword));
    HttpResponse<String> out =
        post("/logout", "", "Cookie", cookie, "Origin", server.http("").toString());
    assertEquals("/login?out", header(out, "Location"));
    assertEquals(303, get("/console/overview", "Cookie", cookie).statusCode());
    assertEquals(401, handshake(cookie));
    assertEquals(101, handshake(cookie(login("admin", adminPassword))));
  }

  @Test
  void logoutEndsWhatOtherWindowsLookAtWithinAMinute() throws Exception {
    String cookie = cookie(login("admin", adminPassword));
    List<CompletableFuture<Integer>> windows = List.of(look(cookie), look(cookie));
    post("/logout", "", "Cookie", cookie, "Origin", server.http("").toString());
    for (CompletableFuture<Integer> window : windows) {
      window.get(100, TimeUnit.SECONDS);
    }
    assertEquals(401, handshake(cookie));
  }

  /** Looks on as a page does; the end has the code of why it was closed. */
  private static CompletableFuture<Integer> look(String cookie) throws Exception {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    CompletableFuture<Void> told = new CompletableFuture<>();
    HTTP.newWebSocketBuilder()
        .header("Cookie", cookie)
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server.httpPort() + "/console/live/overview"),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                told.complete(null);
                socket.request(1);
                return CompletableFuture.completedStage(null);
              }

              @Override
              public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                closed.complete(status);
                return CompletableFuture.completedStage(null);
              }

              @Override
              public void onError(WebSocket socket, Throwable failure) {
                closed.complete(0);
              }
            });
    told.get(20, TimeUnit.SECONDS);
    assertFalse(closed.isDone());
    return closed;
  }

  /** The status of the answer to a page that wants to be told what changes. */
  private static int handshake(String cookie) throws IOException {
    String answer =
        raw(
            "/console/live/none",
            "127.0.0.1:" + server.httpPort(),
            "Cookie: " + cookie,
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    return Integer.parseInt(answer.split(" ")[1]);
  }

  // ------------------------------------------------------------------- roles

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/sessions", "/api/users", "/api/audit", "/api/settings", "/content/1"})
  void withoutALoginProgramsGetAProblem(String path) throws Exception {
    HttpResponse<String> refused = get(path);
    assertEquals(401, refused.statusCode());
    assertEquals("application/problem+json", header(refused, "Content-Type"));
    assertEquals("login-needed", json(refused).getString("code"));
    assertTrue(refused.headers().allValues("WWW-Authenticate").toString().contains("Basic"));
    HttpResponse<String> script = get(path, "X-Requested-With", "fetch");
    assertFalse(script.headers().allValues("WWW-Authenticate").toString().contains("Basic"));
  }

  private static void assertProblem(
      int status, String code, String words, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer::body);
    assertEquals("application/problem+json", header(answer, "Content-Type"));
    JsonObject problem = json(answer);
    assertEquals(code, problem.getString("code"));
    assertTrue(problem.containsKey("values"), answer::body);
    assertTrue(problem.getString("detail").contains(words), answer::body);
  }

  @Test
  void whatIsRefusedAtTheEntranceIsToldInTheLanguageThatIsAskedFor() throws Exception {
    String[] spanish = {"Accept-Language", "es-CO,en;q=0.5"};
    HttpResponse<String> refused = get("/content/1", spanish);
    assertProblem(401, "login-needed", "Hay que identificarse", refused);
    assertEquals("es", header(refused, "Content-Language"));
    assertProblem(
        401,
        "wrong-token",
        "clave de administración",
        get("/api/files", "Authorization", "Bearer x", spanish[0], spanish[1]));
    assertProblem(
        401,
        "wrong-password",
        "contraseña",
        get("/api/files", "Authorization", basic("nadie", "x"), spanish[0], spanish[1]));
    String[] foreign = {
      "Authorization", server.bearer(), "Origin", "http://evil.example", spanish[0], spanish[1]
    };
    assertProblem(
        403, "from-another-site", "navegador", ask("DELETE", "/api/sessions", "", foreign));
    assertProblem(
        404,
        "nothing-here",
        "no hay nada",
        get("/api/nada", "Authorization", server.bearer(), spanish[0], spanish[1]));
    assertProblem(
        405,
        "no-such-method",
        "PUT",
        ask("PUT", "/api/files", "", "Authorization", server.bearer(), spanish[0], spanish[1]));
  }

  @Test
  void whatTheAccountsRefuseIsToldInTheLanguageThatIsAskedFor() throws Exception {
    String[] headers = {
      "Content-Type", "application/json", "Authorization", server.bearer(), "Accept-Language", "es"
    };
    assertProblem(
        409,
        "name-taken",
        "ya existe una cuenta «admin»",
        ask("POST", "/api/users", "{\"name\":\"Admin\"}", headers));
    assertProblem(
        400,
        "bad-name",
        "«a b» no sirve",
        ask("POST", "/api/users", "{\"name\":\"a b\"}", headers));
    assertProblem(404, "no-such-user", "«nadie»", ask("DELETE", "/api/users/nadie", "", headers));
    String deep = "{\"name\":" + "[".repeat(5_000);
    for (String body : List.of("{nope", "[]", "\"x\"", "7", "", deep)) {
      assertProblem(400, "not-understood", "/openapi", ask("POST", "/api/users", body, headers));
    }
    assertProblem(
        409,
        "last-administrator",
        "«admin»",
        ask("PATCH", "/api/users/admin", "{\"locked\":true}", headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/status", "/api/parity/7", "/health/ready", "/login"})
  void whatWasOpenStaysOpen(String path) throws Exception {
    assertEquals(200, get(path).statusCode());
    assertEquals(200, get(path, "Authorization", "Bearer wrong").statusCode());
  }

  @Test
  void viewerSeesAndChangesNothing() throws Exception {
    String name = "viewer";
    String password = user(name, "viewer");
    String cookie = cookie(login(name, password));
    assertEquals(200, get("/console/overview", "Cookie", cookie).statusCode());
    assertEquals(200, get("/api/sessions", "Cookie", cookie).statusCode());
    HttpResponse<String> forbidden =
        get("/console/administration", "Cookie", cookie, "Accept-Language", "es");
    assertEquals(403, forbidden.statusCode());
    assertTrue(forbidden.body().contains("para administradores"), forbidden::body);
    for (String path :
        List.of(
            "/api/users",
            "/api/audit",
            "/api/settings",
            "/api/identities",
            "/api/enrolment-codes")) {
      assertEquals(403, get(path, "Cookie", cookie).statusCode(), path);
    }
    HttpResponse<String> close =
        ask("DELETE", "/api/sessions", "", "Authorization", basic(name, password));
    assertEquals(403, close.statusCode());
    assertTrue(json(close).getString("detail").contains("administrator"), close::body);
    HttpResponse<String> ticket =
        ask("POST", "/api/login-tickets", "", "Authorization", basic("admin", adminPassword));
    assertEquals(403, ticket.statusCode(), "not even an administrator by password");
  }

  @Test
  void lockAndRoleHoldAtOnce() throws Exception {
    String password = user("rosa", "administrator");
    String cookie = cookie(login("rosa", password));
    assertEquals(200, get("/api/users", "Cookie", cookie).statusCode());
    change("rosa", "{\"role\":\"viewer\"}");
    assertEquals(403, get("/api/users", "Cookie", cookie).statusCode());
    change("rosa", "{\"locked\":true}");
    assertEquals(401, get("/api/sessions", "Cookie", cookie).statusCode());
    assertEquals(403, login("rosa", password).statusCode());
    assertEquals(409, change("admin", "{\"locked\":true}"));
  }

  private static int change(String name, String what) throws IOException, InterruptedException {
    return ask(
            "PATCH",
            "/api/users/" + name,
            what,
            "Content-Type",
            "application/json",
            "Authorization",
            server.bearer())
        .statusCode();
  }

  @Test
  void administratorSeesSettingsAndWhatWasDone() throws Exception {
    JsonObject settings =
        json(get("/api/settings", "Authorization", basic("admin", adminPassword)));
    JsonObject hosts =
        settings.getJsonArray("settings").getValuesAs(JsonObject.class).stream()
            .filter(setting -> setting.getString("key").equals("acopio.console.hosts"))
            .findFirst()
            .orElseThrow();
    assertEquals("command-line", hosts.getString("source"));
    assertEquals("acopio.example.org", hosts.getString("value"));
    user("audited", "viewer");
    JsonObject line =
        json(get("/api/audit?code=user&text=AUDITED", "Authorization", server.bearer()))
            .getJsonArray("lines")
            .getJsonObject(0);
    assertEquals("user.add", line.getString("code"));
    assertEquals("local", line.getString("who"));
    assertEquals("127.0.0.1", line.getString("address"));
  }

  // ------------------------------------------------------------------ ticket

  private static ServerProcess admin(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", temp.resolve("data").toString()));
    ServerProcess command = ServerProcess.run(Distribution.script("acopio-server"), Map.of(), all);
    assertEquals(0, command.awaitExit(), command.output()::toString);
    return command;
  }

  private static String ticket() throws IOException, InterruptedException {
    try (ServerProcess command = admin("login")) {
      String line = command.output().lastLine();
      URI link = URI.create(line.substring(line.indexOf("http://")));
      assertEquals(server.http("/login").getAuthority(), link.getAuthority());
      return link.getQuery().substring("ticket=".length());
    }
  }

  @Test
  void ticketLetsAnAdministratorInOnceByTheButtonAndNotByLooking() throws Exception {
    String ticket = ticket();
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> page = get("/login?ticket=" + ticket);
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("Enter as administrator"), page::body);
      assertTrue(page.headers().firstValue("Set-Cookie").isEmpty());
    }
    HttpResponse<String> entered = post("/login", "ticket=" + ticket);
    assertEquals(303, entered.statusCode());
    assertEquals(200, get("/api/users", "Cookie", cookie(entered)).statusCode());
    HttpResponse<String> again = post("/login", "ticket=" + ticket);
    assertEquals(403, again.statusCode());
    assertTrue(again.headers().firstValue("Set-Cookie").isEmpty());
    assertEquals(403, get("/login?ticket=" + ticket).statusCode());
    assertEquals(403, post("/login", "ticket=guessed").statusCode());
  }

  @Test
  void ticketIsWorthNothingElsewhere() throws Exception {
    String ticket = ticket();
    assertEquals(
        403, post("/login", "ticket=" + ticket, "X-Forwarded-For", "192.0.2.7").statusCode());
    assertEquals(403, get("/login?ticket=" + ticket, "Forwarded", "for=192.0.2.7").statusCode());
    assertEquals(303, post("/login", "ticket=" + ticket).statusCode());
  }

  @Test
  void commandMakesUsersAndPasswords() throws Exception {
    String password;
    try (ServerProcess added = admin("user", "add", "paz", "--administrator")) {
      password = password(added.output().toString());
    }
    assertEquals(303, login("paz", password).statusCode());
    try (ServerProcess renewed = admin("password", "paz")) {
      String other = password(renewed.output().toString());
      assertEquals(401, login("paz", password).statusCode());
      assertEquals(303, login("paz", other).statusCode());
    }
    try (ServerProcess list = admin("user", "list")) {
      assertTrue(list.output().lines().contains("paz  administrator"), list.output()::toString);
    }
    admin("user", "remove", "paz").close();
  }

  // ----------------------------------------------------------- other origins

  @Test
  void pagesOfOtherSitesMakeNoRequestsThatChangeSomething() throws Exception {
    String cookie = cookie(login("admin", adminPassword));
    String[][] foreign = {
      {"Cookie", cookie, "Origin", "http://evil.example"},
      {"Cookie", cookie, "Origin", "null"},
      {"Cookie", cookie, "Sec-Fetch-Site", "cross-site"},
      {"Cookie", cookie, "Sec-Fetch-Site", "same-site"},
      {"Cookie", cookie},
      {"Authorization", basic("admin", adminPassword), "Sec-Fetch-Site", "cross-site"}
    };
    for (String[] headers : foreign) {
      assertEquals(
          403,
          ask("DELETE", "/api/sessions?kind=echo", "", headers).statusCode(),
          () -> String.join(" ", headers));
    }
    assertEquals(403, post("/logout", "", foreign[0]).statusCode());
    assertEquals(
        403, post("/login", "name=a&password=b", "Origin", "http://evil.example").statusCode());
    String own = server.http("").toString();
    String[][] fine = {
      {"Cookie", cookie, "Origin", own},
      {"Cookie", cookie, "X-Requested-With", "fetch"},
      {"Cookie", cookie, "Sec-Fetch-Site", "same-origin"},
      {"Authorization", server.bearer()}
    };
    for (String[] headers : fine) {
      assertEquals(
          200,
          ask("DELETE", "/api/sessions?kind=echo", "", headers).statusCode(),
          () -> String.join(" ", headers));
    }
  }

  @Test
  void nameOfAnotherSiteLeadsNowhere() throws Exception {
    assertTrue(raw("/api/status", "evil.example").startsWith("HTTP/1.1 421 "));
    assertTrue(raw("/login", "evil.example:" + server.httpPort()).startsWith("HTTP/1.1 421 "));
    assertTrue(raw("/login", "localhost:" + server.httpPort()).startsWith("HTTP/1.1 200 "));
    assertTrue(raw("/login", "acopio.example.org").startsWith("HTTP/1.1 200 "));
  }

  /** With a host of its own, which the JDK's client does not let one choose. */
  private static String raw(String path, String host, String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.setSoTimeout(20_000);
      List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: " + host));
      lines.add(headers.length == 0 ? "Connection: close" : "Connection: Upgrade");
      lines.addAll(List.of(headers));
      String request = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // The status is in the first bytes; a connection that is upgraded has no end.
      byte[] answer = new byte[20];
      int read = socket.getInputStream().readNBytes(answer, 0, answer.length);
      return new String(answer, 0, read, StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/console/overview",
        "/api/status",
        "/api/sessions",
        "/nothing",
        "/resources/acopio/console.css",
        "/"
      })
  void everyAnswerTellsTheBrowserToBeCareful(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    List<String> policies = answer.headers().allValues("Content-Security-Policy");
    assertEquals(1, policies.size(), policies::toString);
    assertTrue(policies.get(0).contains("object-src 'none'"), policies::toString);
    assertFalse(policies.get(0).matches(".*script-src[^;]*unsafe.*"), policies::toString);
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("same-origin", header(answer, "Referrer-Policy"));
    assertEquals("", header(answer, "Server"));
    assertEquals("", header(answer, "X-Powered-By"));
  }

  @Test
  void pageHasOnePolicyWithItsOwnNonce() throws Exception {
    String cookie = cookie(login("admin", adminPassword));
    HttpResponse<String> one = get("/console/overview", "Cookie", cookie);
    HttpResponse<String> two = get("/console/overview", "Cookie", cookie);
    List<String> policies = one.headers().allValues("Content-Security-Policy");
    assertEquals(1, policies.size(), policies::toString);
    assertTrue(policies.get(0).contains("'nonce-"), policies::toString);
    assertNotEquals(policies, two.headers().allValues("Content-Security-Policy"));
    assertTrue(policies.get(0).contains("frame-ancestors 'none'"), policies::toString);
    assertEquals("no-store", header(one, "Cache-Control"));
  }

  @Test
  void administrationShowsItsParts() throws Exception {
    String cookie = cookie(login("admin", adminPassword));
    Map<String, String> parts =
        Map.of(
            "users", "Add a user",
            "enrolment", "Codes that invite PCs",
            "agents", "Agents",
            "settings", "acopio.console.hosts",
            "audit", "Who did what");
    for (Map.Entry<String, String> part : parts.entrySet()) {
      HttpResponse<String> page =
          get("/console/administration?section=" + part.getKey(), "Cookie", cookie);
      assertEquals(200, page.statusCode(), part.getKey());
      assertTrue(page.body().contains(part.getValue()), page::body);
    }
  }

  @Test
  void whatIsNotThereIsToldInThePersonsLanguage() throws Exception {
    HttpResponse<String> missing = get("/nothing", "Accept-Language", "es");
    assertEquals(404, missing.statusCode());
    assertTrue(missing.body().contains("Aquí no hay nada"), missing::body);
    assertFalse(missing.body().contains("Payara"), missing::body);
  }
}
