package org.acopio.web.console.trial;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets only people who may see the console have connections made. A WebSocket cannot ask for roles
 * itself; that it comes from a page of this server is seen to for all of the console.
 */
@WebFilter(urlPatterns = "/console/connection/*", asyncSupported = true)
public class ViewerFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.isUserInRole("viewer") || request.isUserInRole("administrator")) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }
}
