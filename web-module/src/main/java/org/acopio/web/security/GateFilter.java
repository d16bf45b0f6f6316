package org.acopio.web.security;

import jakarta.ejb.EJB;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.acopio.server.Acopio;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.Trouble;

/**
 * Through which every request goes: sets the headers of safety, and refuses requests for a name
 * that is not this server's, those that another site's page makes, and secrets in clear. The
 * XML-RPC clients of old are let pass: they are no browsers, and what they call changes nothing.
 */
@WebFilter(
    filterName = "gate",
    urlPatterns = "/*",
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR},
    asyncSupported = true)
public class GateFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @EJB private transient Acopio acopio;
  private transient Set<String> hosts = Set.of();

  @Override
  public void init() {
    Set<String> names = new HashSet<>(acopio.settings().account().hosts());
    try {
      String own = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      names.add(own);
      names.add(own + ".local");
    } catch (UnknownHostException e) {
      // A machine without a name is reached by its address.
      getServletContext().log("this machine has no name: " + e.getMessage());
    }
    hosts = Set.copyOf(names);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (Paths.isXmlRpc(request)) {
      Headers.setForPrograms(response);
      chain.doFilter(request, response);
      return;
    }
    Headers.set(response, Paths.of(request));
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      if (!Origins.isKnownHost(request.getHeader("Host"), request.getLocalAddr(), hosts)) {
        Problem.of(Trouble.NOT_THIS_SERVER).answer(request, response);
        return;
      }
      if (PlainHttp.exposes(request) && PlainHttp.isSecret(request)) {
        PlainHttp.turnAway(request, response);
        return;
      }
      if (Origins.isForeign(request) || byCookie(request) && Origins.isSilent(request)) {
        Problem.of(Trouble.FROM_ANOTHER_SITE).answer(request, response);
        return;
      }
    }
    chain.doFilter(request, new OnePolicy(response));
  }

  private static boolean byCookie(HttpServletRequest request) {
    return request.getHeader("Authorization") == null && Visitor.of(request).isPresent();
  }

  /**
   * PrimeFaces adds a policy with the nonce of its page. Browsers obey all policies at once, so it
   * has to take the place of the general one.
   */
  private static final class OnePolicy extends HttpServletResponseWrapper {
    OnePolicy(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase(Headers.CSP)) {
        setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }
}
