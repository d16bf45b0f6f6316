package org.acopio.web.ports;

import jakarta.ejb.EJB;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import java.io.Serial;
import org.acopio.server.Acopio;

/**
 * Lets agents in when the application is there: the servlet that {@code web.xml} has the container
 * load last. Serves nothing.
 */
public class Opening extends GenericServlet {
  @Serial private static final long serialVersionUID = 1L;

  @EJB private transient Acopio acopio;

  /** Made by the container. */
  public Opening() {}

  @Override
  public void init() {
    acopio.open();
  }

  @Override
  public void service(ServletRequest request, ServletResponse response) throws ServletException {
    throw new UnavailableException("nothing is served here");
  }
}
