package org.acopio.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what needs a login off the network in clear, where this server speaks HTTPS as well: who
 * reads is sent there, who writes is told so. Connections from this machine, a proxy's too, are let
 * be; where another container serves HTTP, its own listeners decide.
 */
final class PlainHttp {
  /** Set by the launcher when it opens the port. */
  private static final String PORT = "acopio.https.port.actual";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String HOST = "[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]";

  private PlainHttp() {}

  /** Whether a request came over the network in clear, and need not have. */
  static boolean exposes(HttpServletRequest request) {
    return System.getProperty(PORT) != null
        && !request.isSecure()
        && leavesTheMachine(request.getRemoteAddr(), request.getLocalAddr());
  }

  /** What goes from an address of this machine to the same address never reaches a network. */
  static boolean leavesTheMachine(String remote, String local) {
    return !Origins.isLoopback(remote) && !remote.equals(local);
  }

  /** Whether what is asked for may be seen by nobody on the way. */
  static boolean isSecret(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return Paths.isSecret(request.getServletPath() + (rest == null ? "" : rest));
  }

  /** Answers a request that is not to be served; says whether with a redirect. */
  static boolean turnAway(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String there = target(request);
    boolean redirects = READING.contains(request.getMethod()) && !Origins.isWebSocket(request);
    Headers.set(response, Paths.of(request));
    response.setHeader("Cache-Control", "no-store");
    if (redirects) {
      response.setHeader("Location", there);
    }
    Problem.of(redirects ? Trouble.MOVED_TO_HTTPS : Trouble.HTTPS_NEEDED, there)
        .answer(request, response);
    return redirects;
  }

  private static String target(HttpServletRequest request) {
    return target(
        request.getHeader("Host"),
        request.getLocalAddr(),
        System.getProperty(PORT, ""),
        request.getRequestURI(),
        request.getQueryString());
  }

  /**
   * The same place with https.
   *
   * @param host the {@code Host} header
   * @param local the address at which the connection arrived, for who does not send that
   */
  static String target(
      @Nullable String host, String local, String port, String path, @Nullable String query) {
    String here = local.contains(":") ? "[" + local + "]" : local;
    String name =
        Optional.ofNullable(host)
            .map(Origins::withoutPort)
            .filter(given -> given.matches(HOST))
            .orElse(here);
    return "https://" + name + ":" + port + path + (query == null ? "" : "?" + query);
  }
}
