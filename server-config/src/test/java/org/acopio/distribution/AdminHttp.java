package org.acopio.distribution;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an administrator asks a server over HTTP: REST, pages and the buttons of pages. */
final class AdminHttp {
  private static final Pattern VIEW_STATE =
      Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]* value=\"([^\"]+)\"");

  private static final Pattern PASSWORD = Pattern.compile("is admin, the password (\\S+)\\. ");

  private static final Pattern NONCE = Pattern.compile("<script[^>]* nonce=\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();
  private final ServerProcess server;
  private final String bearer;

  AdminHttp(ServerProcess server) throws IOException {
    this.server = server;
    this.bearer = server.bearer();
  }

  /** The administrator's password, which the first start of a server tells. */
  static String firstPassword(ServerProcess server) {
    Matcher shown = PASSWORD.matcher(server.output().toString());
    if (!shown.find()) {
      throw new AssertionError("no password in " + server.output());
    }
    return shown.group(1);
  }

  HttpClient client() {
    return http;
  }

  /** The value of the header that proves who this is. */
  String bearer() {
    return bearer;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.http(path)).header("Authorization", bearer);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).header("Accept", "application/json"));
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  /** The answer to a question that must succeed. */
  JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return parsed(answer.body());
  }

  static JsonObject parsed(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  /** A page that was opened, with its buttons. */
  final class Page {
    private final String path;
    private final String form;
    private final String viewState;
    private final String nonce;

    /**
     * @param form the id of its form
     */
    Page(String path, String form) throws IOException, InterruptedException {
      this.path = path;
      this.form = form;
      String page = send(request(path)).body();
      Matcher state = VIEW_STATE.matcher(page);
      if (!state.find()) {
        throw new AssertionError("no form in " + page);
      }
      viewState = state.group(1);
      Matcher script = NONCE.matcher(page);
      nonce = script.find() ? script.group(1) : "";
    }

    /** Presses a button as its script does, and returns what the page shows then. */
    String press(String button, Map<String, String> fields)
        throws IOException, InterruptedException {
      Map<String, String> all = new TreeMap<>(fields);
      all.put(form, form);
      all.put("jakarta.faces.ViewState", viewState);
      all.put("primefaces.nonce", nonce);
      all.put("jakarta.faces.source", button);
      all.put("jakarta.faces.partial.ajax", "true");
      all.put("jakarta.faces.partial.execute", button + " " + form);
      all.put("jakarta.faces.partial.render", "outcome");
      all.put("jakarta.faces.behavior.event", "action");
      all.put("jakarta.faces.partial.event", "click");
      String body =
          all.entrySet().stream()
              .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
              .collect(Collectors.joining("&"));
      return send(request(path)
              .header("Faces-Request", "partial/ajax")
              .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
              .POST(BodyPublishers.ofString(body)))
          .body();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
