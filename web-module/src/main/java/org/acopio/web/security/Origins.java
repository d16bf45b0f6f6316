package org.acopio.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as that can be told: from this machine, from a page of this
 * server, for a name that this server has.
 */
final class Origins {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  /**
   * What matches one of these is an address, or no name either: {@link InetAddress} would ask a
   * name server for {@code 999.1.1.1}, and for whatever stands in brackets.
   */
  private static final String IPV4 = "((\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.(?!$)|$)){4}";

  private static final String IPV6 = "(?=[0-9a-fA-F]*:)[0-9a-fA-F:.]+";

  private Origins() {}

  /**
   * Whether the connection comes from this machine, straight: a proxy on it would speak for others.
   */
  static boolean isThisMachine(HttpServletRequest request) {
    return request.getHeader("Forwarded") == null
        && request.getHeader("X-Forwarded-For") == null
        && (isLoopback(request.getRemoteAddr())
            || request.getRemoteAddr().equals(request.getLocalAddr()));
  }

  /**
   * Whether the host that the browser dialled is a name of this server. Else a page of any site
   * could give its own name this server's address, and read what is here (DNS rebinding). A literal
   * address cannot be given away so; a name has to be known.
   *
   * @param host the {@code Host} header
   * @param local the address at which the connection arrived
   * @param known names of this server, in lower case
   */
  static boolean isKnownHost(@Nullable String host, String local, Set<String> known) {
    if (host == null) {
      // HTTP/1.0: no browser.
      return true;
    }
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || known.contains(name)) {
      return true;
    }
    boolean literal =
        name.matches(IPV4)
            || name.startsWith("[")
                && name.endsWith("]")
                && name.substring(1, name.length() - 1).matches(IPV6);
    return literal && (!isLoopback(local) || isLoopback(name));
  }

  /** The host without its port, an IPv6 address in its brackets. */
  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /** Whether a literal address is of the loopback network. */
  static boolean isLoopback(String address) {
    String bare = address.replace("[", "").replace("]", "");
    int zone = bare.indexOf('%');
    if (zone > 0) {
      bare = bare.substring(0, zone);
    }
    if (!bare.matches(IPV4) && !bare.matches(IPV6)) {
      return false;
    }
    try {
      return InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Nearly an address.
      return false;
    }
  }

  /**
   * Whether a page of another site makes the browser send this. Browsers say where a request comes
   * from ({@code Sec-Fetch-Site}, or {@code Origin}); who says nothing is no browser of today.
   */
  static boolean isForeign(HttpServletRequest request) {
    boolean writes = !SAFE.contains(request.getMethod());
    if (!writes && !isWebSocket(request)) {
      return false;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITE.contains(site)) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isOwn(origin, request.getHeader("Host"));
  }

  /** Whether a page wants to be told what changes; some clients ask so for HTTP/2 instead. */
  static boolean isWebSocket(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  /** Whether nothing tells where a request comes from that would change something. */
  static boolean isSilent(HttpServletRequest request) {
    return !SAFE.contains(request.getMethod())
        && request.getHeader("Sec-Fetch-Site") == null
        && request.getHeader("Origin") == null
        && request.getHeader("X-Requested-With") == null;
  }

  /** Whether a page of {@code origin} came from the server that was dialled as {@code host}. */
  static boolean isOwn(String origin, @Nullable String host) {
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
