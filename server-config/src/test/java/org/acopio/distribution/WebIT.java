package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
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
import java.rmi.registry.LocateRegistry;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.acopio.remote.ParityService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REST, the access log and the metrics of a running server. */
class WebIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern COMMON =
      Pattern.compile(
          "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\]"
              + " \"(?<request>[A-Z]+ \\S+ HTTP/1\\.1)\" (?<status>\\d{3}) \\d+ ?");

  @TempDir static Path temp;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> xmlRpc(String value)
      throws IOException, InterruptedException {
    String call =
        "<methodCall><methodName>is_even</methodName><params><param><value>"
            + value
            + "</value></param></params></methodCall>";
    HttpRequest request =
        HttpRequest.newBuilder(server.http("/RPC2"))
            .header("Content-Type", "text/xml")
            .POST(BodyPublishers.ofString(call))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  @Test
  void parityOverRest() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/parity/-12345678901234567890123");
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        Json.createObjectBuilder()
            .add("number", "-12345678901234567890123")
            .add("parity", "Impar")
            .add("even", false)
            .build(),
        json(answer));
    assertEquals("Par\n", get("/api/parity/0", "Accept", "text/plain").body());
  }

  @Test
  void whatIsNoIntegerIsAProblem() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("/api/parity/4.0");
    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    JsonObject problem = json(answer);
    assertEquals(400, problem.getInt("status"));
    assertEquals("NOT_AN_INTEGER", problem.getString("code"));
    assertTrue(problem.getString("detail").contains("'4.0'"), answer::body);
    JsonObject spanish = json(get("/api/parity/4.0", "Accept-Language", "es"));
    assertTrue(spanish.getString("detail").contains("«4.0»"), spanish::toString);
    assertEquals("[\"4.0\",\"2\"]", spanish.getJsonArray("values").toString());
  }

  @Test
  void everyRequestIsInTheAccessLog() throws IOException, InterruptedException {
    xmlRpc("<int>2</int>");
    get("/api/parity/3?from=log");
    get("/no/such/page");
    List<String> wanted =
        List.of(
            "POST /RPC2 HTTP/1.1 200",
            "GET /api/parity/3?from=log HTTP/1.1 200",
            "GET /no/such/page HTTP/1.1 404");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertTrue(logged().containsAll(wanted), () -> logged().toString()));
  }

  /** Request line and status of every line of the access log; each must have the common format. */
  private static List<String> logged() {
    try (Stream<Path> files = Files.list(temp.resolve("data/log"))) {
      Path log =
          files
              .filter(file -> file.getFileName().toString().startsWith("server_access_log."))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(log).stream().map(WebIT::parsed).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String parsed(String line) {
    Matcher common = COMMON.matcher(line);
    assertTrue(common.matches(), () -> "'" + line + "' has not the common log format");
    return common.group("request") + " " + common.group("status");
  }

  @Test
  void parityIsCountedByTransportAndResult() throws Exception {
    ParityService rmi =
        (ParityService)
            LocateRegistry.getRegistry("127.0.0.1", server.rmiPort()).lookup(ParityService.NAME);
    double overRmi = metric("acopio_parity_calls", "rmi", "even");
    double overXmlRpc = metric("acopio_parity_calls", "xmlrpc", "odd");
    double overRest = metric("acopio_parity_calls", "rest", "refused");
    rmi.areEven(new long[] {2, 4});
    xmlRpc("<int>5</int>");
    get("/api/parity/x");
    assertEquals(overRmi + 2, metric("acopio_parity_calls", "rmi", "even"));
    assertEquals(overXmlRpc + 1, metric("acopio_parity_calls", "xmlrpc", "odd"));
    assertEquals(overRest + 1, metric("acopio_parity_calls", "rest", "refused"));
  }

  @Test
  void faultsAndTimesOfXmlRpcAreMeasured() throws IOException, InterruptedException {
    double faults = metric("acopio_xmlrpc_faults_total", "-32602");
    double requests = metric("acopio_xmlrpc_requests_seconds_count");
    xmlRpc("<string>x</string>");
    assertEquals(faults + 1, metric("acopio_xmlrpc_faults_total", "-32602"));
    assertTrue(metric("acopio_xmlrpc_requests_seconds_count") > requests);
  }

  /** The value of the line of this metric with all of these labels. */
  private static double metric(String name, String... labels)
      throws IOException, InterruptedException {
    String metrics = get("/metrics", "Accept", "text/plain").body();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> Stream.of(labels).allMatch(label -> line.contains("=\"" + label + "\"")))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + metrics));
  }
}
