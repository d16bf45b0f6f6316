package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
  void theArchiveDeploysServesKeepsRolesAndLetsItsPortsGo() throws Exception {
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
      assertEquals(200, Person.nobody(server::http).ask("GET", "/api/status").statusCode());
      rolesAreAsOnMicro(
          server, Files.readString(temp.resolve("data").resolve("admin-token")).strip());
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

  /** The container settles who somebody is, so another container is asked too. */
  private static void rolesAreAsOnMicro(FullServer server, String token) throws Exception {
    Person nobody = Person.nobody(server::http);
    HttpResponse<String> login = nobody.ask("GET", "/console/overview");
    assertEquals(303, login.statusCode(), login::body);
    assertTrue(login.headers().firstValue("Location").orElse("").startsWith("/login"));
    assertEquals(200, nobody.ask("GET", "/login").statusCode());
    HttpResponse<String> refused = nobody.ask("GET", "/api/files");
    assertEquals(401, refused.statusCode());
    assertEquals("login-needed", AdminHttp.parsed(refused.body()).getString("code"));
    assertEquals(401, nobody.ask("GET", "/content/1").statusCode());

    Person machine = Person.bearer(server::http, token);
    for (Person viewer : people(server, machine, "viewer")) {
      assertStatus(200, viewer, "GET", "/console/overview", "/api/files", "/api/sessions");
      assertStatus(403, viewer, "GET", "/console/administration", "/api/users", "/api/settings");
      assertStatus(403, viewer, "DELETE", "/api/sessions", "/api/users/admin");
    }
    for (Person administrator : people(server, machine, "administrator")) {
      assertStatus(200, administrator, "GET", "/console/administration", "/api/users");
      assertStatus(200, administrator, "DELETE", "/api/sessions");
      assertStatus(403, administrator, "POST", "/api/login-tickets");
    }
  }

  /** A new account of this name and role, in each way to use it. */
  private static List<Person> people(FullServer server, Person administrator, String role)
      throws IOException, InterruptedException {
    HttpResponse<String> added =
        administrator.send(
            "POST", "/api/users", "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"}");
    assertEquals(201, added.statusCode(), added::body);
    String password = AdminHttp.parsed(added.body()).getString("password");
    return List.of(
        Person.basic(server::http, role, password), Person.cookie(server::http, role, password));
  }

  private static void assertStatus(int status, Person person, String method, String... paths)
      throws IOException, InterruptedException {
    for (String path : paths) {
      HttpResponse<String> answer = person.ask(method, path);
      assertEquals(
          status, answer.statusCode(), () -> method + " " + path + " by " + person + answer.body());
    }
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
