package org.acopio.web.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets only pages of this server open a WebSocket of the console, because a browser lets any page
 * try, with the cookies of the person (RFC 6455, 10.2). Who sends no {@code Origin} is no browser,
 * and has no cookies of others.
 */
@WebFilter(urlPatterns = "/console/*", asyncSupported = true)
public class SameOriginFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getHeader("Upgrade") != null
        && !isOwn(request.getHeader("Origin"), request.getHeader("Host"))) {
      response.sendError(
          HttpServletResponse.SC_FORBIDDEN, "only pages of this server may listen to it");
      return;
    }
    chain.doFilter(request, response);
  }

  /** Whether a page of {@code origin} came from the server that was dialled as {@code host}. */
  static boolean isOwn(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return true;
    }
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
