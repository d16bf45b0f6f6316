package org.acopio.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The places of the web application, without its context path. */
final class Paths {
  static final String LOGIN = "/login";
  static final String LOGOUT = "/logout";
  static final String PASSWORD = "/password";
  static final String START = "/console/overview";
  private static final int MOST = 1_024;

  private Paths() {}

  /** The path below the context path. */
  static String of(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  /** Whether programs ask there, which want JSON and no page. */
  static boolean isForPrograms(String path) {
    return path.startsWith("/api/") || path.equals("/api") || path.startsWith("/content/");
  }

  /** Where the old XML-RPC clients post, which know nothing of the web since. */
  static boolean isXmlRpc(HttpServletRequest request) {
    String path = of(request);
    return request.getMethod().equals("POST") && (path.equals("/") || path.equals("/RPC2"));
  }

  /** Whether what is there must not stay behind in a browser. */
  static boolean isPersonal(String path) {
    return path.startsWith("/console/")
        || path.startsWith("/api/")
        || path.equals(LOGIN)
        || path.equals(PASSWORD);
  }

  /**
   * Whether names and passwords are asked for there, or things shown that only some may see. What
   * programs have always been told without a login is nobody's secret.
   *
   * @param path with nothing encoded in it
   */
  static boolean isSecret(String path) {
    boolean open = path.equals("/api/status") || isBelow(path, "/api/parity");
    return !open
        && (Stream.of("/console", "/content", "/api").anyMatch(folder -> isBelow(path, folder))
            || Set.of(LOGIN, LOGOUT, PASSWORD).contains(path));
  }

  private static boolean isBelow(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** Where to go after the login: a place of the console and nowhere else, whatever a link says. */
  static String target(@Nullable String wanted) {
    boolean good =
        wanted != null
            && wanted.length() <= MOST
            && wanted.matches("/(console|content)/[A-Za-z0-9/._~?&=%+:@,;-]*")
            && !wanted.contains("..");
    return good ? wanted : START;
  }

  /** The login that comes back to the page which was asked for. */
  static String loginFor(HttpServletRequest request) {
    String query = request.getQueryString();
    String wanted = of(request) + (query == null ? "" : "?" + query);
    String back = target(wanted);
    return request.getContextPath()
        + LOGIN
        + (back.equals(START) ? "" : "?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
  }
}
