package org.acopio.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.Trouble;

/**
 * What is shown instead of a page that is not there, not allowed or broken (web.xml, {@code
 * error-page}): words for people, a problem for programs, never a stack trace.
 */
@WebServlet(name = "problem", urlPatterns = "/problem")
public class ProblemServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final Template PAGE = Template.named("problem.html");

  @Inject private transient Sheet sheet;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : HttpServletResponse.SC_NOT_FOUND;
    String uri =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
            ? asked
            : request.getRequestURI();
    if (Paths.isForPrograms(uri.substring(request.getContextPath().length()))) {
      problem(request, status).answer(request, response);
      return;
    }
    String kind = kind(status);
    sheet.show(
        request,
        response,
        status,
        sheet.say(kind + "Title"),
        PAGE,
        Map.of(
            "status", Integer.toString(status),
            "heading", sheet.say(kind + "Title"),
            "sentence", sheet.say(kind + "Sentence")));
  }

  private static String kind(int status) {
    return switch (status) {
      case HttpServletResponse.SC_FORBIDDEN -> "forbidden";
      case HttpServletResponse.SC_NOT_FOUND -> "missing";
      default -> status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? "broken" : "refused";
    };
  }

  /** What the container refused for a program; nobody knows more of it than the status. */
  private static Problem problem(HttpServletRequest request, int status) {
    return switch (status) {
      case HttpServletResponse.SC_UNAUTHORIZED -> Problem.of(Trouble.LOGIN_NEEDED);
      case HttpServletResponse.SC_FORBIDDEN -> Problem.of(Trouble.ADMINISTRATOR_NEEDED);
      case HttpServletResponse.SC_NOT_FOUND -> Problem.of(Trouble.NOTHING_HERE);
      case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
          Problem.of(Trouble.NO_SUCH_METHOD, request.getMethod());
      case HttpServletResponse.SC_NOT_ACCEPTABLE -> Problem.of(Trouble.NOT_IN_THIS_FORM);
      case HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE -> Problem.of(Trouble.NOT_JSON);
      default ->
          Problem.of(
              status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                  ? Trouble.NOT_UNDERSTOOD
                  : Trouble.SERVER_FAILED);
    };
  }
}
