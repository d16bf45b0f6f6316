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

/**
 * What is shown instead of a page that is not there, not allowed or broken (web.xml, {@code
 * error-page}): words for people, JSON for programs, never a stack trace.
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
      Problems.write(response, status, title(status), detail(request, status));
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

  private static String title(int status) {
    return switch (status) {
      case HttpServletResponse.SC_FORBIDDEN -> "Forbidden";
      case HttpServletResponse.SC_NOT_FOUND -> "Not Found";
      case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> "Method Not Allowed";
      case HttpServletResponse.SC_INTERNAL_SERVER_ERROR -> "Internal Server Error";
      default -> "HTTP " + status;
    };
  }

  private static String detail(HttpServletRequest request, int status) {
    Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
    if (status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
        && message instanceof String text
        && !text.isBlank()) {
      return text;
    }
    return switch (status) {
      case HttpServletResponse.SC_FORBIDDEN -> "This needs the role administrator.";
      case HttpServletResponse.SC_NOT_FOUND -> "There is nothing of this name.";
      default -> "The server's log says more.";
    };
  }
}
