package org.acopio.launch;

import java.util.Map;

/**
 * Limits of the JDK's RMI that only system properties set, and only before its first class loads.
 * Without them 4,400 silent connections stop a server; see {@code docs/operations.md}.
 */
final class RmiDefaults {
  private static final Map<String, String> LIMITS =
      Map.of(
          // Threads that serve connections; further callers wait to be accepted.
          "sun.rmi.transport.tcp.maxConnectionThreads", "200",
          // Milliseconds for the first bytes of a connection that RMI has.
          "sun.rmi.transport.tcp.handshakeTimeout", "15000",
          // For the next call on it: a day, since acopio.rmi.idle says how long it really is.
          "sun.rmi.transport.tcp.readTimeout", "86400000");

  private RmiDefaults() {}

  /** Sets each limit that was not given on the command line. */
  static void apply() {
    LIMITS.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }
}
