package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What a server goes on with while its disk or its database fails, and what it says of that. */
final class Serving {
  private Serving() {}

  static List<String> problems(AdminHttp admin) throws Exception {
    return admin
        .json("/api/overview")
        .getJsonArray("problems")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(problem -> problem.getString("code"))
        .toList();
  }

  static void awaitProblem(AdminHttp admin, String code, boolean there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> problems(admin).contains(code) == there);
  }

  static void awaitReady(AdminHttp admin) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> admin.get("/health/ready").statusCode() == 200);
  }

  static Person loggedIn(ServerProcess server) throws Exception {
    Person person = Person.cookie(server::http, "admin", AdminHttp.firstPassword(server));
    assertOverview(person);
    return person;
  }

  /** Console, health and the session protocol go on as if nothing were; a person can log in. */
  static void assertServes(ServerProcess server, AdminHttp admin, Person inside) throws Exception {
    for (String path : List.of("/api/overview", "/api/sessions", "/health/live")) {
      HttpResponse<String> answer = admin.get(path);
      assertEquals(200, answer.statusCode(), () -> path + ": " + answer.body());
    }
    assertEquals(503, admin.get("/health/ready").statusCode());
    assertOverview(inside);
    loggedIn(server);
    try (AgentProcess session =
        AgentProcess.typing(
            List.of("DIA"), "session", "127.0.0.1:" + server.tcpPorts("session-thread").get(0))) {
      session.awaitExit();
      assertTrue(!session.output().lines().isEmpty(), "a session is answered");
    }
  }

  static void assertOverview(Person person) throws Exception {
    HttpResponse<String> page = person.ask("GET", "/console/overview");
    assertEquals(200, page.statusCode(), page::toString);
    assertTrue(page.body().contains("</html>"), page::body);
  }
}
