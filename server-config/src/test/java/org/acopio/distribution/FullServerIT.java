package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The EAR on a full application server. Its own profile runs it ({@code ./mvnw verify
 * -Ppayara-server}), because the server's archive is large.
 */
@Tag("payara-server")
class FullServerIT {
  @TempDir Path temp;

  @Test
  void theArchiveDeploysServesEchoAndSessionsAndLetsItsPortsGo() throws Exception {
    int echo = freePort();
    int thread = freePort();
    int selector = freePort();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("acopio.data", temp.resolve("data").toString());
    settings.put("acopio.rmi.port", "0");
    settings.put("acopio.ingest.ports", "off");
    settings.put("acopio.echo.ports", Integer.toString(echo));
    settings.put("acopio.echo.queue-ports", "off");
    settings.put("acopio.session.thread-ports", Integer.toString(thread));
    settings.put("acopio.session.selector-ports", Integer.toString(selector));
    Path home = Path.of(System.getProperty("acopio.it.payara-server"));
    Path archive = Path.of(System.getProperty("acopio.it.ear"));
    try (FullServer server = FullServer.start(home, temp.resolve("domains"))) {
      server.set(settings);
      server.deploy(archive);
      assertEquals(200, status(server));
      echoes(echo);
      answersWithTheTime(thread);
      answersWithTheTime(selector);
      server.undeploy();
      for (int port : new int[] {echo, thread, selector}) {
        assertThrows(ConnectException.class, () -> TcpClient.to(port).close());
      }
      server.deploy(archive);
      echoes(echo);
    }
  }

  private static int status(FullServer server) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + server.httpPort() + "/api/status");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    return answer.statusCode();
  }

  private static void echoes(int port) throws IOException {
    byte[] sent = new byte[100_000];
    new Random(7).nextBytes(sent);
    try (TcpClient client = TcpClient.to(port)) {
      assertArrayEquals(sent, client.send(sent).read(sent.length));
    }
  }

  private static void answersWithTheTime(int port) throws IOException {
    try (TcpClient client = TcpClient.to(port)) {
      String said = client.send("hola\n").send("SALIR\n").textToEnd();
      assertTrue(
          said.matches("\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d \\d+ secs\n\\d+ secs\n"), said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
