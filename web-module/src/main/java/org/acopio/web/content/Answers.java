package org.acopio.web.content;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

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

  static void send(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
