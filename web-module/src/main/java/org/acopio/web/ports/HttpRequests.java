package org.acopio.web.ports;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

/** Tells {@link HttpFigures} of every request to this application. */
@WebListener
public class HttpRequests implements ServletRequestListener {
  private static final String BEGAN = HttpRequests.class.getName();

  /** A request keeps its port: where it ends, the container may have forgotten the connection. */
  private record Began(HttpPort port, long nanoTime) {}

  @Inject private HttpFigures figures;

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    ServletRequest request = event.getServletRequest();
    HttpPort port = figures.port(request.getLocalPort(), request.isSecure());
    request.setAttribute(BEGAN, new Began(port, System.nanoTime()));
    port.began(request.isSecure());
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    if (event.getServletRequest().getAttribute(BEGAN) instanceof Began began) {
      began.port.ended(System.nanoTime() - began.nanoTime);
    }
  }
}
