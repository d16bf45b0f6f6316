package org.acopio.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Somebody who asks a server over plain HTTP, and how they say who they are.
 *
 * @param name for messages of tests
 * @param server the address of a path
 * @param proof headers, names and values in turn
 */
record Person(String name, Function<String, URI> server, List<String> proof) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  static Person nobody(Function<String, URI> server) {
    return new Person("nobody", server, List.of());
  }

  /** With the token of the machine's administrator. */
  static Person bearer(Function<String, URI> server, String token) {
    return new Person("token", server, List.of("Authorization", "Bearer " + token));
  }

  /** By name and password in each request. */
  static Person basic(Function<String, URI> server, String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Person(
        name + " by Basic",
        server,
        List.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  /** By the cookie of a login with the form. */
  static Person cookie(Function<String, URI> server, String name, String password)
      throws IOException, InterruptedException {
    HttpRequest form =
        HttpRequest.newBuilder(server.apply("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString("name=" + encoded(name) + "&password=" + encoded(password)))
            .build();
    HttpResponse<String> answer = HTTP.send(form, BodyHandlers.ofString());
    String cookie =
        answer
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow(() -> new AssertionError(name + " cannot log in: " + answer));
    return new Person(
        name + " by cookie",
        server,
        List.of("Cookie", cookie.split(";")[0], "X-Requested-With", "test"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Asks with an empty JSON object as the body where a body can be. */
  HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
    boolean body = !List.of("GET", "HEAD", "DELETE", "OPTIONS").contains(method);
    return send(method, path, body ? "{}" : "");
  }

  /**
   * Asks with this body.
   *
   * @param json empty for none
   */
  HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.apply(path))
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!proof.isEmpty()) {
      request.headers(proof.toArray(String[]::new));
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public String toString() {
    return name;
  }
}
