package org.acopio.web.console.trial;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.endpoint.Endpoints;
import org.acopio.server.Acopio;

/**
 * The ports of this server that can be tried: those of echo and sessions that are open, and no
 * others.
 */
@Named("trialPorts")
@ApplicationScoped
public class Ports {
  private static final Set<String> TRIED =
      Set.of("echo", "echo-queue", "session-thread", "session-selector");
  private static final byte[] HEADER = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Endpoints endpoints = new Endpoints();
  @EJB private Acopio acopio;

  /** Those that are open now. */
  public List<EndpointFigures> getOpen() {
    return endpoints.all().stream().filter(Ports::isTried).toList();
  }

  /** The port of the RMI registry. */
  public int getRmiPort() {
    return acopio.rmiAddress().getPort();
  }

  /** Where to dial for a port; empty when it is none of these. */
  Optional<InetSocketAddress> address(int port) {
    return endpoints.find(port).filter(Ports::isTried).map(EndpointFigures::fromHere);
  }

  /** What a connection must begin with before anything else. */
  byte[] header() {
    return acopio.settings().endpoints().proxyProtocol() ? HEADER.clone() : new byte[0];
  }

  private static boolean isTried(EndpointFigures figures) {
    return TRIED.contains(figures.name()) && !figures.secure();
  }
}
