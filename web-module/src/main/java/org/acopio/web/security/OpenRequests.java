package org.acopio.web.security;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.jspecify.annotations.Nullable;

/**
 * Spares the container the way to {@link Entrance} where nobody has to be known and nobody says who
 * he is: it costs more than a call of XML-RPC. Stands before what Jakarta Security has registered
 * for this application (Jakarta Authentication 3.0, 3.2: layer and application context of the
 * Servlet Container Profile); all other requests go on to that.
 */
@WebListener
public class OpenRequests implements ServletContextListener {
  private static final String LAYER = "HttpServlet";

  private @Nullable String registration;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext application = event.getServletContext();
    String context = application.getVirtualServerName() + " " + application.getContextPath();
    AuthConfigFactory factory = AuthConfigFactory.getFactory();
    AuthConfigProvider behind = factory.getConfigProvider(LAYER, context, null);
    if (behind == null) {
      application.log("no authentication is registered for '" + context + "': nothing to shorten");
      return;
    }
    registration =
        factory.registerConfigProvider(
            new ShortProvider(behind), LAYER, context, "open requests need no authentication");
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    String registered = registration;
    if (registered != null) {
      AuthConfigFactory.getFactory().removeRegistration(registered);
    }
  }
}
