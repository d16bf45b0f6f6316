package org.acopio.rmi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Warns of what goes wrong many times a second, once a minute at most, with how often it did since
 * the last warning. For one thread.
 */
final class Complaints {
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Logger log;
  private long next = System.nanoTime();
  private int count;

  Complaints(Logger log) {
    this.log = log;
  }

  /**
   * @param what with {0} in the place of how often, and {1} and so on of the values
   */
  void say(String what, Object... values) {
    count++;
    long now = System.nanoTime();
    if (now - next >= 0) {
      next = now + BETWEEN.toNanos();
      log.log(Level.WARNING, what, Stream.concat(Stream.of(count), Stream.of(values)).toArray());
      count = 0;
    }
  }
}
