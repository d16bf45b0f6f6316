package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.acopio.distribution.OpenApiDocument.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what: every operation of {@code /openapi}, and every page of the console, asked by
 * nobody, by a viewer and by an administrator, in each way to say who one is. Parameters name what
 * is not there, so that what is allowed does no harm.
 */
class RolesIT {
  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Map<String, String> NOT_THERE =
      Map.of(
          "{n}", "7",
          "{number}", "4711000000",
          "{file}", "4711000000",
          "{port}", "1",
          "{id}", "00000000",
          "{address}", "192.0.2.99",
          "{name}", "nadie");

  @TempDir static Path temp;
  private static ServerProcess server;
  private static AdminHttp admin;
  private static OpenApiDocument document;
  private static Person nobody;
  private static Person token;
  private static List<Person> viewers;
  private static List<Person> administrators;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"));
    admin = new AdminHttp(server);
    document = new OpenApiDocument(admin.json("/openapi?format=JSON"));
    nobody = Person.nobody(server::http);
    token = Person.bearer(server::http, server.token());
    viewers = people("maria", "viewer");
    administrators = people("jefa", "administrator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A new account, in each way to use it. */
  private static List<Person> people(String name, String role)
      throws IOException, InterruptedException {
    HttpResponse<String> added =
        admin.send(
            admin
                .request("/api/users")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}")));
    String password = AdminHttp.parsed(added.body()).getString("password");
    return List.of(
        Person.basic(server::http, name, password), Person.cookie(server::http, name, password));
  }

  private static String path(Operation operation) {
    String path = operation.path();
    for (Map.Entry<String, String> place : NOT_THERE.entrySet()) {
      path = path.replace(place.getKey(), place.getValue());
    }
    String full = path;
    assertFalse(full.contains("{"), () -> "this test knows no parameter of " + full);
    return full;
  }

  private static void assertLetIn(Person person, Operation operation) throws Exception {
    HttpResponse<String> answer = person.ask(operation.method(), path(operation));
    assertFalse(
        NOT_ALLOWED.contains(answer.statusCode()),
        () -> operation + " by " + person + ": " + answer.statusCode() + " " + answer.body());
    assertTrue(
        answer.statusCode() < 500,
        () -> operation + " by " + person + ": " + answer.statusCode() + " " + answer.body());
  }

  private static void assertKeptOut(int status, Person person, Operation operation)
      throws Exception {
    HttpResponse<String> answer = person.ask(operation.method(), path(operation));
    assertEquals(status, answer.statusCode(), () -> operation + " by " + person + answer.body());
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse(""),
        () -> operation + " by " + person);
    JsonObject problem = AdminHttp.parsed(answer.body());
    assertEquals(status, problem.getInt("status"));
    assertFalse(problem.getString("detail").isBlank(), operation::toString);
    assertFalse(problem.getString("code").isBlank(), operation::toString);
    assertTrue(problem.containsKey("values"), operation::toString);
  }

  @Test
  void nobodyGetsOnlyWhatNeedsNobody() throws Exception {
    for (Operation operation : document.operations()) {
      if (operation.role().equals("nobody")) {
        assertLetIn(nobody, operation);
      } else {
        assertKeptOut(401, nobody, operation);
      }
    }
  }

  @Test
  void nobodyGetsNothingByAnyOtherMethodEither() throws Exception {
    for (Operation operation : document.operations()) {
      if (!operation.role().equals("nobody")) {
        for (String method : METHODS) {
          assertEquals(
              401,
              nobody.ask(method, path(operation)).statusCode(),
              () -> method + " " + operation.path());
        }
      }
    }
  }

  @Test
  void aViewerReadsWhatViewersMayAndChangesNothing() throws Exception {
    for (Person viewer : viewers) {
      for (Operation operation : document.operations()) {
        if (operation.role().equals("administrator")) {
          assertKeptOut(403, viewer, operation);
        } else {
          assertEquals("GET", operation.method(), operation::toString);
          assertLetIn(viewer, operation);
        }
      }
    }
  }

  @Test
  void aViewerDoesNotPauseWhatIsThere() throws Exception {
    int port = server.tcpPorts("echo").get(0);
    for (Person viewer : viewers) {
      assertEquals(403, viewer.ask("POST", "/api/endpoints/" + port + "/pause").statusCode());
      assertEquals(200, viewer.ask("GET", "/api/endpoints/" + port).statusCode());
    }
    assertFalse(admin.json("/api/endpoints/" + port).getBoolean("paused"));
  }

  @Test
  void anAdministratorMayDoEverything() throws Exception {
    for (Operation operation : document.operations()) {
      assertLetIn(token, operation);
      for (Person administrator : administrators) {
        if (operation.needsToken()) {
          assertKeptOut(403, administrator, operation);
        } else {
          assertLetIn(administrator, operation);
        }
      }
    }
  }

  @Test
  void pagesOfTheConsoleAreForWhoIsLoggedIn() throws Exception {
    for (String name : Console.PAGES) {
      String page = "/console/" + name;
      HttpResponse<String> login = nobody.ask("GET", page);
      assertEquals(303, login.statusCode(), page);
      String to = login.headers().firstValue("Location").orElse("");
      assertTrue(to.startsWith("/login"), () -> page + " leads to " + to);
      for (Person viewer : viewers) {
        int expected = name.equals("administration") ? 403 : 200;
        assertEquals(expected, viewer.ask("GET", page).statusCode(), () -> page + " " + viewer);
      }
      for (Person administrator : administrators) {
        assertEquals(
            200, administrator.ask("GET", page).statusCode(), () -> page + " " + administrator);
      }
    }
  }

  @Test
  void aWrongPasswordIsNobody() throws Exception {
    Person liar = Person.basic(server::http, "maria", "wrong");
    assertEquals(401, liar.ask("GET", "/api/files").statusCode());
    assertEquals(401, liar.ask("DELETE", "/api/sessions").statusCode());
    Person stale = Person.bearer(server::http, "of-another-run");
    assertEquals(401, stale.ask("GET", "/api/users").statusCode());
  }
}
