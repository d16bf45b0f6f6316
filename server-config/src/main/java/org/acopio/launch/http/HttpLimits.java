package org.acopio.launch.http;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * How much one HTTP port takes.
 *
 * @param connections most at once
 * @param connectionsPerAddress most of them from one address
 * @param firstByte how long a connection may say nothing at first, and how long the head of a
 *     request may take to arrive; zero is for ever
 */
public record HttpLimits(int connections, int connectionsPerAddress, Duration firstByte) {
  /**
   * Most requests of one address that have a thread at once: three quarters of the threads that
   * {@code domain.xml} gives a port. The others wait in their order.
   */
  static final int REQUESTS_PER_ADDRESS = 150;

  private static final String CONNECTIONS = "org.acopio.launch.http.connections";
  private static final String PER_ADDRESS = "org.acopio.launch.http.connections-per-address";
  private static final String FIRST_BYTE = "org.acopio.launch.http.first-byte";

  /** As system properties, by which they reach what the container makes. */
  public Map<String, String> asProperties() {
    return Map.of(
        CONNECTIONS,
        Integer.toString(connections),
        PER_ADDRESS,
        Integer.toString(connectionsPerAddress),
        FIRST_BYTE,
        firstByte.toString());
  }

  static HttpLimits of(Properties properties) {
    return new HttpLimits(
        Integer.parseInt(properties.getProperty(CONNECTIONS)),
        Integer.parseInt(properties.getProperty(PER_ADDRESS)),
        Duration.parse(properties.getProperty(FIRST_BYTE)));
  }
}
