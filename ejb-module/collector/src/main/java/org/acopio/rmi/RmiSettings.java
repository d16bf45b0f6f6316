package org.acopio.rmi;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * Where RMI listens, and how much it takes.
 *
 * @param bind the address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param host what clients are told to call; empty means the bound address
 * @param connections most at once, 1 to 1,000,000
 * @param connectionsPerAddress most of them from one address, 1 to 1,000,000
 * @param firstByte how long a connection may say nothing at first, 0 (for ever) to 1 day
 * @param idle how long no byte may pass, 0 (for ever) to 1 day
 */
public record RmiSettings(
    InetAddress bind,
    int port,
    String host,
    int connections,
    int connectionsPerAddress,
    Duration firstByte,
    Duration idle) {
  private static final int MOST = 1_000_000;

  public RmiSettings {
    Objects.requireNonNull(bind, "bind");
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("acopio.rmi.port is " + port + "; it is 0 to 65535");
    }
    within("max-connections", connections);
    within("max-connections-per-address", connectionsPerAddress);
    withinADay("first-byte", firstByte);
    withinADay("idle", idle);
  }

  /** With the limits of a server that was told nothing. */
  public RmiSettings(InetAddress bind, int port, String host) {
    this(bind, port, host, 4_000, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(50));
  }

  private static void within(String name, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "acopio.rmi." + name + " is " + value + "; it is 1 to " + MOST);
    }
  }

  private static void withinADay(String name, Duration value) {
    if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "acopio.rmi." + name + " is " + value + "; it is PT0S (for ever) to P1D (one day)");
    }
  }
}
