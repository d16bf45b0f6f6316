package org.acopio.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcClientConfigImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML-RPC as it goes over the wire of the distribution. */
class XmlRpcIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path temp;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server =
        ServerProcess.start(
            temp.resolve("data"),
            "-Dacopio.xmlrpc.validator=true",
            "-Dacopio.xmlrpc.max-bytes=65536");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String call(String method, String value) {
    return "<?xml version=\"1.0\"?><methodCall><methodName>"
        + method
        + "</methodName><params><param><value>"
        + value
        + "</value></param></params></methodCall>";
  }

  private static HttpResponse<byte[]> post(String path, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path)).POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String path, String document)
      throws IOException, InterruptedException {
    return post(path, BodyPublishers.ofString(document), "Content-Type", "text/xml");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/RPC2"})
  void parityAnswersOnBothPaths(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post(path, call("is_even", "<int>7</int>"));
    assertEquals(200, answer.statusCode());
    assertEquals("text/xml", answer.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(
        answer.body().length, answer.headers().firstValueAsLong("Content-Length").orElseThrow());
    assertTrue(text(answer).contains("<string>Impar</string>"), text(answer));
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
  }

  @Test
  void browsersStillGetTheStartPage() throws IOException, InterruptedException {
    HttpResponse<String> page =
        HTTP.send(HttpRequest.newBuilder(server.http("/")).build(), BodyHandlers.ofString());
    assertEquals(302, page.statusCode());
    assertTrue(
        page.headers().firstValue("Location").orElse("").endsWith("/console/overview"),
        () -> page.headers().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void onlyPostCalls(String method) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.http("/RPC2"))
            .method(method, BodyPublishers.noBody())
            .build();
    assertEquals(405, HTTP.send(request, BodyHandlers.discarding()).statusCode());
  }

  @Test
  void otherContentsAreUnsupported() throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(call("is_even", "<int>7</int>"));
    assertEquals(415, post("/", body, "Content-Type", "text/plain").statusCode());
    assertEquals(
        415, post("/", body, "Content-Type", "text/xml", "Content-Encoding", "br").statusCode());
    assertEquals(200, post("/", body).statusCode());
  }

  @Test
  void aDocumentThatIsTooLargeIsRefusedBeforeItCame() throws IOException, InterruptedException {
    byte[] large = call("is_even", "x".repeat(70_000)).getBytes(UTF_8);
    HttpResponse<byte[]> declared =
        post("/RPC2", BodyPublishers.ofByteArray(large), "Content-Type", "text/xml");
    assertEquals(413, declared.statusCode());
    assertTrue(text(declared).contains("acopio.xmlrpc.max-bytes"), text(declared));
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    assertEquals(413, post("/RPC2", chunked, "Content-Type", "text/xml").statusCode());
  }

  /** Java's own client asks for HTTP/2 unless it is told otherwise. */
  @Test
  void aDocumentThatIsTooLargeIsRefusedToAClientThatAsksForHttp2() throws Exception {
    byte[] large = call("is_even", "x".repeat(70_000)).getBytes(UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(server.http("/RPC2"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "text/xml")
            .POST(BodyPublishers.ofByteArray(large))
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertEquals(413, answer.statusCode());
    assertTrue(text(answer).contains("acopio.xmlrpc.max-bytes"), text(answer));
  }

  @Test
  void gzipGoesBothWays() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        post(
            "/RPC2",
            BodyPublishers.ofByteArray(gzip(call("is_even", "<int>8</int>").getBytes(UTF_8))),
            "Content-Type",
            "text/xml",
            "Content-Encoding",
            "gzip",
            "Accept-Encoding",
            "gzip");
    assertTrue(text(answer).contains("<string>Par</string>"), "a small answer is not packed");
    String struct = "<struct><member><name>a</name><value>" + "b".repeat(9_000);
    String echo = call("validator1.echoStructTest", struct + "</value></member></struct>");
    HttpResponse<byte[]> large =
        post(
            "/RPC2",
            BodyPublishers.ofString(echo),
            "Content-Type",
            "text/xml",
            "Accept-Encoding",
            "gzip");
    assertEquals("gzip", large.headers().firstValue("Content-Encoding").orElseThrow());
    assertTrue(large.body().length < 1_000);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(large.body()))) {
      String unpacked = new String(in.readAllBytes(), UTF_8);
      assertTrue(unpacked.contains("b".repeat(9_000)), unpacked);
    }
  }

  @Test
  void aGzipBombIsAFault() throws IOException, InterruptedException {
    byte[] bomb = gzip(call("is_even", " ".repeat(30_000_000)).getBytes(US_ASCII));
    HttpResponse<byte[]> answer =
        post(
            "/",
            BodyPublishers.ofByteArray(bomb),
            "Content-Type",
            "text/xml",
            "Content-Encoding",
            "gzip");
    assertEquals(200, answer.statusCode());
    assertTrue(text(answer).contains("<int>-32600</int>"), text(answer));
    byte[] broken = "no gzip at all".getBytes(US_ASCII);
    HttpResponse<byte[]> fault =
        post(
            "/",
            BodyPublishers.ofByteArray(broken),
            "Content-Type",
            "text/xml",
            "Content-Encoding",
            "gzip");
    assertTrue(text(fault).contains("<int>-32700</int>"), text(fault));
  }

  @Test
  void theEncodingOfTheHeaderCounts() throws IOException, InterruptedException {
    byte[] latin =
        "<methodCall><methodName>ni\u00f1o</methodName></methodCall>".getBytes(ISO_8859_1);
    HttpResponse<byte[]> answer =
        post(
            "/", BodyPublishers.ofByteArray(latin), "Content-Type", "text/xml; charset=ISO-8859-1");
    assertTrue(text(answer).contains("'ni\u00f1o'"), text(answer));
  }

  @Test
  void oneConnectionCarriesManyCalls() throws IOException {
    byte[] document = call("is_even", "<int>5</int>").getBytes(US_ASCII);
    byte[] head =
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: "
                + document.length
                + "\r\n\r\n")
            .getBytes(US_ASCII);
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      byte[] first = exchange(socket, head, document);
      assertTrue(new String(first, US_ASCII).contains("Impar"));
      for (int i = 0; i < 300; i++) {
        assertArrayEquals(first, exchange(socket, head, document));
      }
    }
  }

  /** Sends one request and reads its answer by the length that the answer tells. */
  private static byte[] exchange(Socket socket, byte[] head, byte[] document) throws IOException {
    socket.getOutputStream().write(head);
    socket.getOutputStream().write(document);
    InputStream in = socket.getInputStream();
    StringBuilder answerHead = new StringBuilder();
    while (answerHead.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertTrue(next >= 0, () -> "closed after " + answerHead);
      answerHead.append((char) next);
    }
    String length = answerHead.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
    return in.readNBytes(Integer.parseInt(length));
  }

  @Test
  void apachesClientIsServedItsExtensionsIncluded() throws Exception {
    XmlRpcClientConfigImpl config = new XmlRpcClientConfigImpl();
    config.setServerURL(server.http("/").toURL());
    config.setEnabledForExtensions(true);
    config.setGzipCompressing(true);
    config.setGzipRequesting(true);
    XmlRpcClient client = new XmlRpcClient();
    client.setConfig(config);
    assertEquals("Par", client.execute("is_even", List.of(4)));
    assertEquals("Impar", client.execute("is_even", List.of(9_223_372_036_854_775_807L)));
    assertEquals("Impar", client.execute("is_even", List.of((byte) -3)));
    assertEquals(
        "Par", client.execute("is_even", List.of(new java.math.BigInteger("1" + "0".repeat(50)))));
    Map<String, Object> echo = Map.of("n", 5_000_000_000L, "t", "a<b", "d", 2.5);
    assertEquals(echo, client.execute("validator1.echoStructTest", List.of(echo)));
    XmlRpcException fault =
        assertThrows(XmlRpcException.class, () -> client.execute("is_even", List.of("abc")));
    assertEquals(-32_602, fault.code);
  }

  @Test
  void aSerializedObjectIsNeverTaken() throws Exception {
    XmlRpcClientConfigImpl config = new XmlRpcClientConfigImpl();
    config.setServerURL(server.http("/RPC2").toURL());
    config.setEnabledForExtensions(true);
    XmlRpcClient client = new XmlRpcClient();
    client.setConfig(config);
    XmlRpcException fault =
        assertThrows(
            XmlRpcException.class,
            () -> client.execute("is_even", List.of(java.time.DayOfWeek.MONDAY)));
    assertEquals(-32_600, fault.code);
    assertTrue(fault.getMessage().contains("never taken"), fault.getMessage());
  }
}
