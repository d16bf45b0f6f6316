package org.acopio.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What came in each second of the last minutes and in each minute of the last day, since the start.
 * Thread-safe: one thread tells it about once a second how much there is, any thread asks.
 */
final class History {
  /** Seconds that are kept: five minutes. */
  static final int SECONDS = 300;

  /** Minutes that are kept: one day. */
  static final int MINUTES = 1_440;

  private static final long SECOND = 1_000_000_000L;
  private static final int MINUTE = 60;

  private final Deque<Flow> seconds = new ArrayDeque<>(SECONDS);
  private final Deque<Flow> minutes = new ArrayDeque<>(MINUTES);
  private Flow minute = Flow.NONE;
  private int secondsOfMinute;
  private Flow before = Flow.NONE;
  private long lastNanos;

  History(long nanos) {
    lastNanos = nanos;
  }

  /**
   * So much has come until now. When it was told nothing for more than a second, the difference
   * spreads evenly over the seconds between; nobody knows better.
   */
  synchronized void tell(long nanos, Flow total) {
    long passed = Math.round((double) (nanos - lastNanos) / SECOND);
    if (passed < 1) {
      return;
    }
    lastNanos += passed * SECOND;
    long bytes = total.bytes() - before.bytes();
    long files = total.files() - before.files();
    before = total;
    // Of a longer pause only a day can be seen.
    long spread = Math.min(passed, (long) MINUTES * MINUTE);
    for (long i = 0; i < spread; i++) {
      add(new Flow(share(bytes, i, spread), share(files, i, spread)));
    }
  }

  private static long share(long all, long index, long count) {
    return all / count + (index < all % count ? 1 : 0);
  }

  private void add(Flow second) {
    put(seconds, second, SECONDS);
    minute = minute.plus(second);
    secondsOfMinute++;
    if (secondsOfMinute == MINUTE) {
      put(minutes, minute, MINUTES);
      minute = Flow.NONE;
      secondsOfMinute = 0;
    }
  }

  private static void put(Deque<Flow> ring, Flow flow, int capacity) {
    if (ring.size() == capacity) {
      ring.removeFirst();
    }
    ring.addLast(flow);
  }

  /** The last whole seconds, oldest first, at most {@value #SECONDS}. */
  synchronized List<Flow> seconds() {
    return List.copyOf(seconds);
  }

  /** The last whole minutes since the start, oldest first, at most {@value #MINUTES}. */
  synchronized List<Flow> minutes() {
    return List.copyOf(minutes);
  }
}
