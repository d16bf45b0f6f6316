package org.acopio.launch;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Asks a running server over HTTP, as its administrator. */
final class AdminClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String CHECK = "api/check";
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final AdminAccess access;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .proxy(HttpClient.Builder.NO_PROXY)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  AdminClient(AdminAccess access) {
    this.access = access;
  }

  /**
   * A page of the live sessions.
   *
   * @param kind only these; all when empty
   */
  JsonObject sessions(String kind, int offset, int limit) {
    String query = "?offset=" + offset + "&limit=" + limit;
    return ask("GET", "api/sessions" + query + (kind.isEmpty() ? "" : "&kind=" + encoded(kind)));
  }

  JsonObject session(String number) {
    return ask("GET", "api/sessions/" + number);
  }

  /** Returns how many begin to close: 1, or 0 when it does so already. */
  int close(String number) {
    return ask("DELETE", "api/sessions/" + number).getInt("closing");
  }

  /** Returns how many begin to close. */
  int closeAll(String kind) {
    String query = kind.isEmpty() ? "" : "?kind=" + encoded(kind);
    return ask("DELETE", "api/sessions" + query).getInt("closing");
  }

  /** Makes a link that lets an administrator in once. */
  URI loginLink() {
    JsonObject ticket = ask("POST", "api/login-tickets");
    return access.url().resolve(ticket.getString("path"));
  }

  /** The people who may use the console. */
  JsonArray users() {
    return ask("GET", "api/users").getJsonArray("users");
  }

  /** Adds a user and returns the password. */
  String addUser(String name, String role) {
    JsonObject user = Json.createObjectBuilder().add("name", name).add("role", role).build();
    return ask("POST", "api/users", user.toString()).getString("password");
  }

  /** Makes a new password for a user and returns it. */
  String newPassword(String name) {
    return ask("POST", "api/users/" + encoded(name) + "/password").getString("password");
  }

  void removeUser(String name) {
    ask("DELETE", "api/users/" + encoded(name));
  }

  /** Makes an enrolment code and returns it with what is known of it. */
  JsonObject makeCode(CodeOptions options) {
    JsonObjectBuilder wanted = Json.createObjectBuilder();
    options.days().ifPresent(days -> wanted.add("days", days));
    options.uses().ifPresent(uses -> wanted.add("uses", uses));
    return ask("POST", "api/enrolment-codes", wanted.build().toString());
  }

  /** The enrolment codes, newest first. */
  JsonArray codes() {
    return ask("GET", "api/enrolment-codes").getJsonArray("codes");
  }

  void removeCode(String number) {
    ask("DELETE", "api/enrolment-codes/" + number);
  }

  /** A page of the certified keys of PCs, newest first. */
  JsonArray identities(int offset, int limit) {
    return ask("GET", "api/identities?offset=" + offset + "&limit=" + limit)
        .getJsonArray("identities");
  }

  void revoke(String number) {
    ask("DELETE", "api/identities/" + number);
  }

  void rekey(String number) {
    ask("POST", "api/identities/" + number + "/rekey");
  }

  /**
   * Writes the certificate of an agent to a file that is there.
   *
   * @param id of the agent, or its first digits
   * @param verify whether the server reads the stored bytes again, which takes its time
   */
  void certificate(String id, boolean verify, Path file) {
    download("api/agents/" + encoded(id) + "/certificate" + (verify ? "?verify=true" : ""), file);
  }

  /** Writes the checksums of an address to a file that is there. */
  void sums(String address, Path file) {
    download("api/clients/" + encoded(address) + "/SHA256SUMS", file);
  }

  /** Waits for as long as the server works on it; what is refused is not written. */
  private void download(String path, Path file) {
    HttpRequest request = request(path).build();
    HttpResponse<String> response =
        send(
            request,
            info ->
                info.statusCode() == OK
                    ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(
                            file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        written -> "")
                    : BodySubscribers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != OK) {
      answer(response);
    }
  }

  /** Begins to compare catalog and store. */
  void startCheck(boolean readData, boolean repair) {
    ask(
        "POST",
        CHECK,
        Json.createObjectBuilder()
            .add("readData", readData)
            .add("repair", repair)
            .build()
            .toString());
  }

  /** How the comparison goes. */
  JsonObject check() {
    return ask("GET", CHECK);
  }

  /** Ends the comparison; what is done stays done. */
  void stopCheck() {
    ask("DELETE", CHECK);
  }

  private JsonObject ask(String method, String path) {
    return ask(method, path, "");
  }

  private JsonObject ask(String method, String path, String body) {
    HttpRequest request =
        request(path)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return answer(send(request, BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(access.url().resolve(path))
        .header("Authorization", "Bearer " + access.token())
        .header("Accept", "application/json, application/problem+json, text/plain");
  }

  private HttpResponse<String> send(HttpRequest request, BodyHandler<String> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new AdminException(
          AdminException.REFUSED,
          "The server does not answer at " + access.url() + ": " + Failure.message(e) + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(AdminException.REFUSED, "Interrupted.", e);
    }
  }

  private JsonObject answer(HttpResponse<String> response) {
    JsonObject answer;
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      answer = reader.readObject();
    } catch (JsonException e) {
      throw new AdminException(
          AdminException.REFUSED,
          "What answers at "
              + access.url()
              + " is no Acopio server of this version (HTTP "
              + response.statusCode()
              + ").",
          e);
    }
    if (response.statusCode() != OK && response.statusCode() != CREATED) {
      throw new AdminException(
          AdminException.REFUSED,
          "The server refuses: " + answer.getString("detail", "").replaceAll("[.]$", "") + ".");
    }
    return answer;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
