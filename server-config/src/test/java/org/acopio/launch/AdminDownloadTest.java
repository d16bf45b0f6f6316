package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.acopio.launch.AdminDownload.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and checksums as files. */
class AdminDownloadTest {
  private static final String CERTIFICATE = "{\"certificate\":{},\"sha256\":\"00\"}";

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private HttpServer server;
  private AdminDownload download;

  @BeforeEach
  void start() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    download =
        new AdminDownload(
            new AdminClient(new AdminAccess(url, "secret")),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            folder);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asks = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    asked.add(asks + (query == null ? "" : "?" + query));
    boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean found = known && !asks.contains("00000000");
    byte[] body =
        (found ? CERTIFICATE : "{\"detail\":\"there is no agent 00000000\"}")
            .getBytes(StandardCharsets.UTF_8);
    boolean breaks = asks.contains("deadbeef");
    exchange.sendResponseHeaders(found ? 200 : 404, breaks ? body.length + 1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String refusal(String target, Options options) {
    var refused = assertThrows(AdminException.class, () -> download.certificate(target, options));
    assertEquals(1, refused.exitCode());
    return refused.getMessage();
  }

  @Test
  void certificateIsAFileNamedAfterItsAgent() throws IOException {
    download.certificate("60303ae2", Options.NONE);
    Path file = folder.resolve("acopio-certificate-60303ae2.json");
    assertEquals(CERTIFICATE, Files.readString(file));
    assertEquals(List.of("GET /api/agents/60303ae2/certificate"), asked);
    assertEquals(
        "Wrote %s (%d bytes).%n".formatted(file, CERTIFICATE.length()),
        printed.toString(StandardCharsets.UTF_8));
    assertEquals(List.of("acopio-certificate-60303ae2.json"), files());
  }

  @Test
  void storedBytesAreReadAgainOnlyWhenAskedFor() {
    download.certificate("60303ae2", new Options(true, false, "c"));
    assertEquals(List.of("GET /api/agents/60303ae2/certificate?verify=true"), asked);
  }

  @Test
  void addressHasChecksums() throws IOException {
    download.certificate("fe80:0:0:0:0:0:0:1", Options.NONE);
    assertEquals(List.of("GET /api/clients/fe80:0:0:0:0:0:0:1/SHA256SUMS"), asked);
    assertEquals(List.of("SHA256SUMS-fe80-0-0-0-0-0-0-1"), files());
  }

  @Test
  void fileThatIsThereIsOverwrittenByForceOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "precious");
    assertTrue(refusal("60303ae2", new Options(false, false, "c")).contains("--force"));
    assertEquals(List.of(), asked);
    assertEquals("precious", Files.readString(file));
    download.certificate("60303ae2", new Options(false, true, "c"));
    assertEquals(CERTIFICATE, Files.readString(file));
    assertEquals(List.of("c"), files());
  }

  @Test
  void whatCannotBeWrittenIsNotAsked() throws IOException {
    Files.createDirectory(folder.resolve("d"));
    assertTrue(refusal("60303ae2", new Options(false, true, "d")).contains("--out"));
    assertTrue(refusal("60303ae2", new Options(false, false, "no/c")).contains("--out"));
    assertEquals(List.of(), asked);
    assertEquals(List.of("d"), files());
  }

  @Test
  void refusalAndBrokenConnectionLeaveNoFile() throws IOException {
    assertEquals(
        "The server refuses: there is no agent 00000000.", refusal("00000000", Options.NONE));
    Files.writeString(folder.resolve("c"), "precious");
    assertFalse(refusal("deadbeef", new Options(false, true, "c")).isEmpty());
    assertEquals(List.of("c"), files());
    assertEquals("precious", Files.readString(folder.resolve("c")));
  }
}
