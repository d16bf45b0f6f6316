package org.acopio.rmi;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections through to where each costs a thread: only so many at once, of which one address
 * gets three quarters at most. Every second place goes to whose address has the fewest, so that
 * many who wait keep nobody new waiting for long; the others go in their order. Thread-safe.
 *
 * @param <T> what goes through with a connection
 */
final class Turnstile<T> {
  private final int places;
  private final int placesOfAddress;
  private final Queue<Ready<T>> waiting = new ArrayDeque<>();
  private final Set<Arrival> inside = new HashSet<>();
  private final Map<InetAddress, Integer> insideOfAddress = new HashMap<>();
  private boolean byNeed;
  private boolean closed;

  private record Ready<T>(Arrival arrival, T what) {}

  Turnstile(int places) {
    this.places = places;
    placesOfAddress = Math.max(1, places * 3 / 4);
  }

  /** Puts a connection behind the others. */
  synchronized void add(Arrival arrival, T what) {
    if (arrival.isOver()) {
      return;
    }
    waiting.add(new Ready<>(arrival, what));
    notifyAll();
  }

  /** What may go through next; waits for it. Nothing when this is closed. */
  synchronized @Nullable T take() throws InterruptedException {
    while (!closed) {
      T next = poll();
      if (next != null) {
        return next;
      }
      wait();
    }
    return null;
  }

  /** What may go through now; nothing when there is none. */
  synchronized @Nullable T poll() {
    if (inside.size() >= places) {
      return null;
    }
    Ready<T> next = byNeed ? neediest() : first();
    if (next == null) {
      return null;
    }
    byNeed = !byNeed;
    waiting.remove(next);
    inside.add(next.arrival);
    insideOfAddress.merge(next.arrival.address(), 1, Integer::sum);
    return next.what;
  }

  private @Nullable Ready<T> first() {
    return waiting.stream()
        .filter(ready -> insideWith(ready) < placesOfAddress)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Ready<T> neediest() {
    return waiting.stream()
        .filter(ready -> insideWith(ready) < placesOfAddress)
        .min(Comparator.comparingInt(this::insideWith))
        .orElse(null);
  }

  private int insideWith(Ready<T> ready) {
    return insideOfAddress.getOrDefault(ready.arrival.address(), 0);
  }

  /** A connection is through, or over while it waited; its place is another's. */
  synchronized void over(Arrival arrival) {
    if (inside.remove(arrival)) {
      insideOfAddress.computeIfPresent(arrival.address(), (each, n) -> n == 1 ? null : n - 1);
    } else {
      waiting.removeIf(ready -> ready.arrival == arrival);
    }
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
