package org.acopio.web.console.library;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.acopio.library.FileSearch;
import org.acopio.server.Acopio;

/** What the page knows before its script asks for files. */
@Named
@RequestScoped
public class LibraryPage {
  @EJB private Acopio acopio;
  @Inject private HttpServletRequest request;

  /** The command that collects into this server, as the person who looks on has dialled it. */
  public String getCommand() {
    return command(request.getServerName(), acopio.rmiPort());
  }

  static String command(String host, int port) {
    boolean isIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "bin/acopio collect --server " + (isIpv6 ? "[" + host + "]" : host) + ":" + port;
  }

  /** The most characters of a search. */
  public int getMaxText() {
    return FileSearch.MAX_TEXT;
  }
}
