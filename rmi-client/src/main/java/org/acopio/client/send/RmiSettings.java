package org.acopio.client.send;

import java.io.ObjectInputFilter;
import java.time.Duration;

/** What RMI takes from the process: its timeouts, and which classes may come from a server. */
final class RmiSettings {
  /**
   * How long an answer is waited for. Receipts for very large files take long on a slow disk; a
   * host that died is noticed much earlier, by keep-alive.
   */
  static final Duration RESPONSE = Duration.ofMinutes(5);

  /** How long the other side may take to greet, with TLS and without. */
  static final Duration HANDSHAKE = Duration.ofSeconds(20);

  /** Connections that were opened while files were looked for are still there when they are. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final String ALLOWED =
      "maxdepth=32;maxrefs=200000;maxarray=67108864;"
          + "org.acopio.remote.*;java.lang.*;java.lang.reflect.Proxy;java.time.*;java.util.*;java.util.concurrent.*;"
          + "java.io.*;java.net.*;java.nio.*;java.nio.file.*;java.nio.channels.*;java.sql.*;"
          + "java.rmi.**;sun.rmi.**;com.sun.proxy.*;jdk.proxy*;javax.net.**;!*";

  private RmiSettings() {}

  /** Takes effect when it comes before RMI's first use in this process; settings given win. */
  static void apply() {
    set("sun.rmi.transport.tcp.responseTimeout", RESPONSE);
    set("sun.rmi.transport.tcp.handshakeTimeout", HANDSHAKE);
    set("sun.rmi.transport.connectionTimeout", IDLE);
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(ALLOWED));
    }
  }

  private static void set(String property, Duration value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Long.toString(value.toMillis()));
    }
  }
}
