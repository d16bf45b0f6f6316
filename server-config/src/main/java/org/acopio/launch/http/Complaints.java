package org.acopio.launch.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/** Says in the log what goes wrong many times a second, once a minute. Thread-safe. */
final class Complaints {
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE_NANOS);

  Complaints(Logger log) {
    this.log = log;
  }

  void say(String what) {
    long now = System.nanoTime();
    long before = last.get();
    if (now - before >= MINUTE_NANOS && last.compareAndSet(before, now)) {
      log.warning(what + "; said once a minute at most");
    }
  }
}
