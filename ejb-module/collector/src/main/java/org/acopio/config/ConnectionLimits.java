package org.acopio.config;

import java.time.Duration;

/**
 * How much one port takes.
 *
 * @param group what its keys begin with, after {@code acopio.}
 * @param connections most at once, 1 to 1,000,000
 * @param connectionsPerAddress most of them from one address, 1 to 1,000,000
 * @param firstByte how long a connection may say nothing at first, 0 (for ever) to 1 day
 * @param idle how long no byte may pass, 0 (for ever) to 1 day
 */
public record ConnectionLimits(
    String group, int connections, int connectionsPerAddress, Duration firstByte, Duration idle) {
  private static final int MOST = 1_000_000;

  public ConnectionLimits {
    within(group + ".max-connections", connections, 1, MOST);
    within(group + ".max-connections-per-address", connectionsPerAddress, 1, MOST);
    withinADay(group + ".first-byte", firstByte);
    withinADay(group + ".idle", idle);
  }

  static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "acopio." + name + " is " + value + "; it is " + least + " to " + most);
    }
  }

  static void withinADay(String name, Duration value) {
    if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "acopio." + name + " is " + value + "; it is PT0S (for ever) to P1D (one day)");
    }
  }
}
