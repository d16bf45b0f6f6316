package org.acopio.socket.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Warns at most once a second, with the number of events since the last warning. Thread-safe. */
final class RateLimitedLog {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final AtomicInteger events = new AtomicInteger();

  RateLimitedLog(Logger log) {
    this.log = log;
  }

  /**
   * @param text makes the warning of the number of events
   */
  void event(IntFunction<String> text) {
    events.incrementAndGet();
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
      log.log(Level.WARNING, text.apply(events.getAndSet(0)));
    }
  }
}
