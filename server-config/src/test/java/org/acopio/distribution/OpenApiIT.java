package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.acopio.distribution.OpenApiDocument.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code /openapi} is what REST answers, examples included. With {@code
 * -Dacopio.openapi.write=true} the answers of this test's server become the examples in {@code
 * META-INF/openapi.yaml}.
 */
class OpenApiIT {
  private static final Path SOURCE =
      Path.of("../web-module/src/main/resources/META-INF/openapi.yaml");

  private static final String JPEG = "image/jpeg";

  /** Bytes of the largest file that this server takes. */
  private static final int LARGEST = 2_000_000;

  /** {@code /home/ana}. */
  private static final String FOLDER = "L2hvbWUvYW5h";

  /** {@code home/ana}, as it lies in the store. */
  private static final String STORED_FOLDER = "aG9tZS9hbmE";

  /** Lasts longer than this test. */
  private static final String LOAD = "{\"connections\":1,\"periodMillis\":100,\"seconds\":60}";

  /** Tell open pages that there is more to ask for; nobody reads their figures. */
  private static final Set<String> SIGNS = Set.of("clients");

  private static final Pattern TOPIC = Pattern.compile("data-topic=\"([a-z-]+)\"");

  /** How many questions with an answer in JSON there are at least. */
  private static final int LEAST = 28;

  @TempDir static Path temp;
  private static ServerProcess server;
  private static AdminHttp admin;
  private static StepwiseSender sender;
  private static OpenApiDocument document;
  private static Map<String, String> places;

  @BeforeAll
  static void start() throws Exception {
    server =
        ServerProcess.start(temp.resolve("data"), "-Dacopio.collect.max-file-bytes=" + LARGEST);
    admin = new AdminHttp(server);
    admin.send(
        admin
            .request("/api/users")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"ana\",\"role\":\"viewer\"}")));
    byte[] photo = photo();
    int port = server.tcpPorts("ingest").get(0);
    try (StepwiseSender whole = new StepwiseSender(port, "pc-ana", new byte[32])) {
      send(whole, "/home/ana/2026/playa.jpg", photo);
      send(whole, "/home/ana/playa (copia).jpg", photo);
      byte[] large = Arrays.copyOf(photo, LARGEST + 1);
      assertThrows(IOException.class, () -> whole.offer("/home/ana/grande.jpg", JPEG, large));
      whole.end();
    }
    sender = new StepwiseSender(port, "pc-ana", new byte[32]);
    sender.offer("/home/ana/viaje.jpg", JPEG, Arrays.copyOf(photo, LARGEST)).some(1, 100_000);
    Awaitility.await()
        .until(() -> !admin.json("/api/sessions/history").getJsonArray("sessions").isEmpty());
    startLoad();
    document = new OpenApiDocument(admin.json("/openapi?format=JSON"));
    places = places();
  }

  /** Waits for what a load has to tell; one that runs already goes on. */
  private static void startLoad() throws IOException, InterruptedException {
    admin.send(
        admin
            .request("/api/endpoints/load")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(LOAD)));
    awaitLoad("running");
  }

  /** Waits until the load is in this state and has measured something. */
  private static void awaitLoad(String state) {
    Awaitility.await()
        .until(
            () -> {
              JsonObject load = admin.json("/api/endpoints").getJsonObject("load");
              return load.getString("state").equals(state)
                  && load.getJsonArray("lanes").stream()
                      .allMatch(lane -> lane.asJsonObject().containsKey("p50"));
            });
  }

  /** A picture that can be decoded, large enough for four parts that are seen. */
  private static byte[] photo() throws IOException {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, Color.HSBtoRGB(x / 640f, y / 480f, 1 - (x * y % 97) / 400f));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "jpg", bytes), "every JDK writes JPEG");
    return bytes.toByteArray();
  }

  private static void send(StepwiseSender sender, String path, byte[] content) throws IOException {
    StepwiseSender.Sending file = sender.offer(path, JPEG, content);
    for (int part = 0; part < 4; part++) {
      file.rest(part);
    }
    file.finish();
  }

  @AfterAll
  static void stop() throws IOException {
    sender.close();
    server.close();
  }

  /** Of each path with a parameter, one of what the server has. */
  private static Map<String, String> places() throws IOException, InterruptedException {
    String agent = first("/api/agents", "agents").getString("id");
    String file =
        first("/api/files?q=playa&copies=only", "files").getJsonNumber("number").toString();
    String over =
        admin
            .json("/api/collections")
            .getJsonArray("collections")
            .getJsonObject(1)
            .getJsonNumber("number")
            .toString();
    String session =
        first("/api/sessions?kind=ingest", "sessions").getJsonNumber("number").toString();
    Map<String, String> places = new LinkedHashMap<>();
    places.put("/api/sessions/{number}", session);
    places.put("/api/collections/{number}", over);
    places.put("/api/files/{number}", file);
    places.put("/api/agents/{id}", agent);
    places.put("/api/clients/{address}", "127.0.0.1");
    places.put("/api/endpoints/{port}", server.tcpPorts("echo").get(0).toString());
    places.put("/api/parity/{n}", "-12345678901234567890123");
    places.put("/content/{file}", file);
    return places;
  }

  private static JsonObject first(String path, String list)
      throws IOException, InterruptedException {
    return admin.json(path).getJsonArray(list).getJsonObject(0);
  }

  /** The path with what the server has in the place of its parameter. */
  private static String filled(String path) {
    String full =
        places.entrySet().stream()
            .filter(place -> path.startsWith(place.getKey()))
            .findFirst()
            .map(
                place ->
                    path.replace(
                        place.getKey(), place.getKey().replaceAll("\\{.*", "") + place.getValue()))
            .orElse(path);
    assertFalse(full.contains("{"), () -> "this test knows none of " + path);
    if (full.endsWith("/folder")) {
      return full + "?folder=" + (full.startsWith("/api/clients/") ? STORED_FOLDER : FOLDER);
    }
    return full.equals("/content/zip") ? full + "?file=" + places.get("/content/{file}") : full;
  }

  private static List<Operation> questions() {
    return document.operations().stream().filter(one -> one.method().equals("GET")).toList();
  }

  @Test
  void everyQuestionIsAnsweredAsItsSchemaAndItsExampleSay() throws Exception {
    Map<String, JsonValue> answers = new LinkedHashMap<>();
    for (Operation question : questions()) {
      HttpResponse<String> answer = admin.send(admin.request(filled(question.path())));
      assertEquals(200, answer.statusCode(), () -> question + ": " + answer.body());
      Optional<JsonObject> said = question.json();
      if (said.isPresent()) {
        JsonObject schema = said.get().getJsonObject("schema");
        JsonObject told = AdminHttp.parsed(answer.body());
        document.conforms(question.toString(), schema, told);
        answers.put(question.id(), told);
      }
    }
    assertTrue(answers.size() >= LEAST, answers.keySet()::toString);
    if (Boolean.getBoolean("acopio.openapi.write")) {
      new OpenApiExamples(SOURCE, neutral()).write(answers);
      return;
    }
    Map<String, JsonValue> examples = new OpenApiExamples(SOURCE, Map.of()).read();
    for (Operation question : questions()) {
      if (answers.containsKey(question.id())) {
        JsonValue example = examples.get(question.id());
        assertNotNull(example, () -> question + " has no example; " + how());
        assertSameShape(question.toString(), example, answers.get(question.id()));
      }
    }
  }

  /** The load goes on when this ends, as the other tests expect. */
  @Test
  void whatPortsAndTheLoadAreToldIsAnsweredAsItsSchemaAndItsExampleSay() throws Exception {
    startLoad();
    String port = filled("/api/endpoints/{port}");
    Awaitility.await("rates").until(() -> admin.json(port).containsKey("byteRate"));
    Map<String, JsonValue> answers = new LinkedHashMap<>();
    for (String id : List.of("pauseEndpoint", "resumeEndpoint", "stopLoad", "startLoad")) {
      Operation operation =
          document.operations().stream().filter(one -> one.id().equals(id)).findFirst().get();
      HttpResponse<String> answer =
          admin.send(
              admin
                  .request(filled(operation.path()))
                  .header("Content-Type", "application/json")
                  .method(
                      operation.method(),
                      id.equals("startLoad")
                          ? BodyPublishers.ofString(LOAD)
                          : BodyPublishers.noBody()));
      assertEquals(200, answer.statusCode(), () -> operation + ": " + answer.body());
      JsonObject told = AdminHttp.parsed(answer.body());
      document.conforms(
          operation.toString(), operation.json().orElseThrow().getJsonObject("schema"), told);
      answers.put(id, told);
      if (id.equals("stopLoad")) {
        awaitLoad("stopped");
      }
    }
    awaitLoad("running");
    if (Boolean.getBoolean("acopio.openapi.write")) {
      new OpenApiExamples(SOURCE, neutral()).write(answers);
      return;
    }
    Map<String, JsonValue> examples = new OpenApiExamples(SOURCE, Map.of()).read();
    answers.forEach((id, answer) -> assertSameShape(id, examples.get(id), answer));
  }

  @Test
  void everyAnswerOfAnOperationThatChangesSomethingHasAnExample() throws IOException {
    Set<String> examples = new OpenApiExamples(SOURCE, Map.of()).read().keySet();
    Set<String> without = new TreeSet<>();
    int answers = 0;
    for (Operation operation : document.operations()) {
      if (!operation.method().equals("GET") && operation.answersJson()) {
        answers++;
        if (!examples.contains(operation.id())) {
          without.add(operation.id());
        }
      }
    }
    assertTrue(answers >= 15, "answers: " + answers);
    assertEquals(Set.of(), without);
  }

  @Test
  void everyFieldOfALivePageIsInRest() throws Exception {
    Set<String> topics = new TreeSet<>();
    for (String page : Console.PAGES) {
      Matcher topic = TOPIC.matcher(admin.get("/console/" + page).body());
      while (topic.find()) {
        topics.add(topic.group(1));
      }
    }
    assertTrue(topics.size() >= 5, topics::toString);
    assertTrue(topics.removeAll(SIGNS), topics::toString);
    for (String topic : topics) {
      String question = "/api/" + (topic.equals("library") ? "files" : topic);
      Set<String> pushed = fields("", snapshot(topic));
      Set<String> told = fields("", admin.json(question));
      pushed.removeAll(told);
      assertEquals(Set.of(), pushed, () -> "pushed to pages and not in " + question);
    }
  }

  private static JsonObject snapshot(String topic) throws Exception {
    URI place = URI.create("ws://127.0.0.1:" + server.httpPort() + "/console/live/" + topic);
    try (WebSocketClient page =
        new WebSocketClient(admin.client(), place, "Authorization", admin.bearer())) {
      return AdminHttp.parsed(page.text());
    }
  }

  /** The names of all fields with the way to each; elements of a list have the same way. */
  private static Set<String> fields(String at, JsonValue value) {
    Set<String> fields = new TreeSet<>();
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, inner) -> {
            fields.add(at + "/" + name);
            fields.addAll(fields(at + "/" + name, inner));
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(inner -> fields.addAll(fields(at, inner)));
    }
    return fields;
  }

  @Test
  void whatWasCollectedAndRefusedIsInTheMetrics() throws Exception {
    admin.send(
        HttpRequest.newBuilder(server.http("/api/users"))
            .header("Authorization", "Bearer " + "x".repeat(43)));
    String metrics = admin.send(admin.request("/metrics").header("Accept", "text/plain")).body();
    assertEquals(2, metric(metrics, "acopio_transfer_files", "stored"), metrics);
    assertEquals(1, metric(metrics, "acopio_transfer_files", "refused"), metrics);
    assertEquals(1, metric(metrics, "acopio_transfer_incidents", "too-large"), metrics);
    assertEquals(0, metric(metrics, "acopio_transfer_incidents", "not-media"), metrics);
    assertEquals(1, metric(metrics, "acopio_transfer_collections_open"), metrics);
    assertTrue(metric(metrics, "acopio_transfer_bytes", "received") > 100_000, metrics);
    assertTrue(metric(metrics, "acopio_transfer_store_bytes", "free") > 0, metrics);
    assertTrue(
        metric(metrics, "acopio_collect_calls_seconds_count", "finish", "ingest") >= 2, metrics);
    assertTrue(
        metric(metrics, "acopio_collect_calls_seconds_bucket", "write", "ingest", "+Inf") >= 8,
        metrics);
    assertEquals(1, metric(metrics, "acopio_logins_refused_total", "token"), metrics);
  }

  /** The value of the line of this metric that has all these values of tags. */
  private static double metric(String metrics, String name, String... tags) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Stream.of(tags).allMatch(tag -> line.contains("=\"" + tag + "\"")))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** What must not be in a document: names of this machine and its folders. */
  private static Map<String, String> neutral() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(temp.toRealPath().toString(), "/srv/acopio");
    names.put(temp.toString(), "/srv/acopio");
    names.put(InetAddress.getLocalHost().getHostName(), "pc-aula-3");
    return names;
  }

  private static String how() {
    return "-Dacopio.openapi.write=true in this test writes those of META-INF/openapi.yaml";
  }

  /** Both have the same fields of the same types; of lists the first elements are compared. */
  private static void assertSameShape(String at, JsonValue example, JsonValue answer) {
    if (example instanceof JsonObject shown && answer instanceof JsonObject told) {
      if (!at.endsWith("/incidentCounts") && !at.endsWith("/kinds")) {
        assertEquals(sorted(shown), sorted(told), () -> at + "; " + how());
        shown.keySet().stream()
            .filter(told::containsKey)
            .forEach(n -> assertSameShape(at + "/" + n, shown.get(n), told.get(n)));
      }
    } else if (example instanceof JsonArray shown && answer instanceof JsonArray told) {
      // A server has no minutes yet when the examples are written.
      if (!told.isEmpty() && !at.contains("/minutes/")) {
        assertFalse(shown.isEmpty(), () -> at + " is empty in the example; " + how());
        assertSameShape(at + "/0", shown.get(0), told.get(0));
      }
    } else {
      assertEquals(kind(example), kind(answer), at);
    }
  }

  /** Without what is there at some moments only. */
  private static List<String> sorted(JsonObject object) {
    return object.keySet().stream()
        .filter(
            name ->
                !List.of("remainingSeconds", "lastLogin", "before", "next", "latencyMillis")
                    .contains(name))
        .sorted()
        .toList();
  }

  private static String kind(JsonValue value) {
    return value == JsonValue.TRUE || value == JsonValue.FALSE
        ? "BOOLEAN"
        : value.getValueType().name();
  }

  @Test
  void everyExampleIsWhatItsSchemaSays() throws IOException {
    assumeTrue(!Boolean.getBoolean("acopio.openapi.write"), "the examples are being written");
    Map<String, JsonValue> examples = new OpenApiExamples(SOURCE, Map.of()).read();
    for (Operation operation : document.operations()) {
      operation
          .json()
          .filter(content -> examples.containsKey(operation.id()))
          .ifPresent(
              content ->
                  document.conforms(
                      operation + " (example)",
                      content.getJsonObject("schema"),
                      examples.get(operation.id())));
      operation
          .body()
          .filter(content -> content.containsKey("example"))
          .ifPresent(
              content ->
                  document.conforms(
                      operation + " (example of what is sent)",
                      content.getJsonObject("schema"),
                      OpenApiDocument.example(content)));
    }
  }

  @Test
  void everyOperationSaysWhatItIs() {
    for (Operation operation : document.operations()) {
      JsonObject said = operation.said();
      assertFalse(said.getString("summary").isBlank(), operation::toString);
      assertEquals(1, said.getJsonArray("tags").size(), operation::toString);
    }
    assertEquals(
        document.operations().size(),
        document.operations().stream().map(Operation::id).distinct().count());
  }

  @Test
  void theDocumentHoldsForThisServerWhereverItIs() {
    JsonObject all = document.all();
    assertEquals("Acopio", all.getJsonObject("info").getString("title"));
    assertEquals("/", all.getJsonArray("servers").getJsonObject(0).getString("url"));
    assertEquals(
        List.of("basic", "bearer", "cookie"),
        all.getJsonObject("components").getJsonObject("securitySchemes").keySet().stream()
            .sorted()
            .toList());
    List<String> tags =
        all.getJsonArray("tags").getValuesAs(JsonObject.class).stream()
            .map(tag -> tag.getString("name"))
            .toList();
    for (Operation operation : document.operations()) {
      JsonString tag = operation.said().getJsonArray("tags").getJsonString(0);
      assertTrue(tags.contains(tag.getString()), operation::toString);
    }
  }
}
