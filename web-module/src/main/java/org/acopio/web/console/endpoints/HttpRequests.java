package org.acopio.web.console.endpoints;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;

/** Tells {@link HttpFigures} of every request to this application. */
@WebListener
public class HttpRequests implements ServletRequestListener {
  private static final String BEGAN = HttpRequests.class.getName();

  @Inject private HttpFigures figures;

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    event.getServletRequest().setAttribute(BEGAN, System.nanoTime());
    figures.began(event.getServletRequest().getLocalPort());
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    if (event.getServletRequest().getAttribute(BEGAN) instanceof Long began) {
      figures.ended(System.nanoTime() - began);
    }
  }
}
