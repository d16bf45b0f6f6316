package org.acopio.web.console;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.acopio.server.Acopio;

/** What a person types at a PC so that its files come here. */
@Named
@RequestScoped
public class AgentCommand {
  /** The port that the agent dials when it is told none. */
  private static final int USUAL_PORT = 1_099;

  @EJB private Acopio acopio;
  @Inject private HttpServletRequest request;

  /** The command line, with the name by which this browser reaches the server. */
  public String getCollect() {
    return collect(request.getServerName(), acopio.rmiPort());
  }

  static String collect(String host, int port) {
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "acopio collect --server " + (port == USUAL_PORT ? name : name + ":" + port);
  }

  /** Whether only programs on the server's own machine reach it. */
  public boolean isOnlyHere() {
    return acopio.settings().rmi().bind().isLoopbackAddress();
  }
}
