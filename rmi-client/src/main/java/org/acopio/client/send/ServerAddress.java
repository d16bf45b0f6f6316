package org.acopio.client.send;

import java.util.Objects;

/**
 * Where a server is.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
  /** The port of a server that was not told otherwise. */
  public static final int DEFAULT_PORT = 1099;

  public ServerAddress {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("the server's name is empty; write HOST or HOST:PORT");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + port + " is not 1 to 65535; write HOST or HOST:PORT");
    }
  }

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}.
   *
   * @throws IllegalArgumentException that names what was wrong
   */
  public static ServerAddress parse(String text) {
    return parse(text, DEFAULT_PORT);
  }

  /** Reads the same with another port where the text has none. */
  public static ServerAddress parse(String text, int defaultPort) {
    String host = text.strip();
    String port = "";
    int close = host.lastIndexOf(']');
    int colon = host.lastIndexOf(':');
    boolean bareIpv6 = close < 0 && host.indexOf(':') != colon;
    if (colon > close && !bareIpv6) {
      port = host.substring(colon + 1);
      host = host.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new ServerAddress(host, port.isEmpty() ? defaultPort : number(port));
  }

  private static int number(String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "port '" + port + "' is not a number from 1 to 65535; write HOST or HOST:PORT", e);
    }
  }

  /**
   * Written out, as is {@link #hashCode}: a record's own are linked at the first call, in 15 ms.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof ServerAddress that && port == that.port && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
