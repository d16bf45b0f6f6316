package org.acopio.web.content;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What all answers of this package have in common. */
final class Answers {
  private Answers() {}

  /** Headers by which nothing that is sent is ever run, framed or guessed at by a browser. */
  static void harmless(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "private");
  }

  /** A refusal that says what is wrong, as {@code application/problem+json} (RFC 9457). */
  static void problem(HttpServletResponse response, int status, String detail) throws IOException {
    response.setStatus(status);
    send(
        response,
        "application/problem+json",
        Json.createObjectBuilder()
            .add("status", status)
            .add("detail", detail)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal that time may heal. */
  static void later(HttpServletResponse response, int seconds, String detail) throws IOException {
    response.setHeader("Retry-After", Integer.toString(seconds));
    problem(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, detail);
  }

  static void send(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
