package org.acopio.web.ports;

import java.time.Duration;

/**
 * What a load does to each of its ports.
 *
 * @param connections on each port, 1 to {@value #MAX_CONNECTIONS}
 * @param periodMillis between two lines of a connection, {@value #MIN_PERIOD} to {@value
 *     #MAX_PERIOD}
 * @param seconds how long it lasts, 1 to {@value #MAX_SECONDS}
 */
public record LoadPlan(int connections, int periodMillis, int seconds) {
  /** Both ports together have 1,000. */
  public static final int MAX_CONNECTIONS = 500;

  public static final int MIN_PERIOD = 100;
  public static final int MAX_PERIOD = 10_000;
  public static final int MAX_SECONDS = 60;

  public LoadPlan {
    within("connections", connections, 1, MAX_CONNECTIONS);
    within("milliseconds between lines", periodMillis, MIN_PERIOD, MAX_PERIOD);
    within("seconds", seconds, 1, MAX_SECONDS);
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d; a load has %d to %d".formatted(what, value, least, most));
    }
  }

  /** For the log of who did what. */
  public String shown() {
    return "%d connections, a line each %d ms, %d s".formatted(connections, periodMillis, seconds);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  long periodNanos() {
    return Duration.ofMillis(periodMillis).toNanos();
  }
}
