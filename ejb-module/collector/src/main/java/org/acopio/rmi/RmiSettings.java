package org.acopio.rmi;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where RMI listens.
 *
 * @param bind the address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param host what clients are told to call; empty means the bound address
 */
public record RmiSettings(InetAddress bind, int port, String host) {
  public RmiSettings {
    Objects.requireNonNull(bind, "bind");
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("acopio.rmi.port is " + port + "; it is 0 to 65535");
    }
  }
}
