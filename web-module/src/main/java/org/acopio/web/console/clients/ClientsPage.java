package org.acopio.web.console.clients;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.acopio.server.Acopio;

/** What the page knows before its script asks for clients. */
@Named
@RequestScoped
public class ClientsPage {
  @EJB private Acopio acopio;
  @Inject private HttpServletRequest request;

  /** The command that collects into this server, as the person who looks on has dialled it. */
  public String getCommand() {
    return command(request.getServerName(), acopio.rmiPort());
  }

  static String command(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "bin/acopio collect --server " + (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
