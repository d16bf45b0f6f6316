package org.acopio.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where agents on other computers find the server, as a person types it.
 *
 * @param rmi where it listens
 * @param host by which it is reached; empty when nobody said
 */
record Place(InetSocketAddress rmi, String host) {
  private static final int DEFAULT_PORT = 1099;

  /** For example {@code server.example}, or {@code 192.0.2.1:2099}; may ask the system. */
  String text() {
    String name = host.isEmpty() ? name(rmi.getAddress()) : host;
    String shown = name.contains(":") ? "[" + name + "]" : name;
    return rmi.getPort() == DEFAULT_PORT ? shown : shown + ":" + rmi.getPort();
  }

  /** Whether nobody else reaches it. */
  boolean isOfThisComputerOnly() {
    return rmi.getAddress().isLoopbackAddress();
  }

  private static String name(InetAddress bound) {
    if (!bound.isAnyLocalAddress() && !bound.isLoopbackAddress()) {
      return bound.getHostAddress();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "HOST";
    }
  }
}
