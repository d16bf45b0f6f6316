package org.acopio.web.security;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/**
 * Sets up the cookie of the session. Its name has the port, because browsers keep one set of
 * cookies for all ports of a host, and servers beside each other would log each other out. Lax, so
 * that a link in a mail finds the person logged in; what changes something is checked by its origin
 * besides ({@link GateFilter}).
 */
@WebListener
public class SessionCookie implements ServletContextListener {
  private static final String PORT = "acopio.http.port.actual";

  @Override
  public void contextInitialized(ServletContextEvent event) {
    SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
    cookie.setName("acopio-session-" + System.getProperty(PORT, "web"));
    cookie.setHttpOnly(true);
    cookie.setAttribute("SameSite", "Lax");
  }
}
