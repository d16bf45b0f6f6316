package org.acopio.web.security;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Refusals for programs: {@code application/problem+json} (RFC 9457). */
final class Problems {
  private Problems() {}

  static void write(HttpServletResponse response, int status, String title, String detail)
      throws IOException {
    byte[] problem =
        Json.createObjectBuilder()
            .add("title", title)
            .add("status", status)
            .add("detail", detail)
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setContentLength(problem.length);
    response.getOutputStream().write(problem);
  }
}
