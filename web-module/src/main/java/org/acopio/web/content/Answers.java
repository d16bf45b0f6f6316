package org.acopio.web.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.acopio.web.problem.Languages;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;

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

  /** A refusal that says what is wrong, in the language that the request asks for. */
  static void problem(
      ProblemException exception, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = exception.problem();
    Locale language = Languages.of(request.getHeader("Accept-Language"));
    response.setStatus(problem.trouble().status());
    response.setHeader("Content-Language", language.getLanguage());
    if (problem.trouble().retrySeconds() > 0) {
      response.setHeader("Retry-After", Integer.toString(problem.trouble().retrySeconds()));
    }
    send(response, Problem.MEDIA_TYPE, problem.json(language));
  }

  static void send(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
    response.setContentType(mediaType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
