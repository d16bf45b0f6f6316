package org.acopio.web.ports;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.endpoint.RmiPort;
import org.acopio.server.Acopio;

/**
 * Pauses and resumes listening ports: those of the socket adapter and that of RMI. Those of HTTP
 * have no switch, since who paused one could not resume it. Thread-safe.
 */
@ApplicationScoped
public class PortSwitches {
  private final Endpoints endpoints = new Endpoints();
  @EJB private Acopio acopio;
  @Inject private HttpFigures http;

  /** The port with this number, if it has a switch. */
  public Optional<EndpointFigures> find(int port) {
    return isRmi(port) ? Optional.of(new RmiPort(acopio).figures()) : endpoints.find(port);
  }

  /** Whether it is a port of HTTP. */
  public boolean isHttp(int port) {
    return http.find(port).isPresent();
  }

  /**
   * From now on turns new connections to a port away; those that are open go on. Repeating it is
   * harmless. Returns whether the port has a switch.
   */
  public boolean pause(int port) {
    if (isRmi(port)) {
      new RmiPort(acopio).pause();
      return true;
    }
    return endpoints.pause(port);
  }

  /** Takes new connections to a port again; otherwise as {@link #pause}. */
  public boolean resume(int port) {
    if (isRmi(port)) {
      new RmiPort(acopio).resume();
      return true;
    }
    return endpoints.resume(port);
  }

  private boolean isRmi(int port) {
    return port == acopio.rmiPort();
  }
}
