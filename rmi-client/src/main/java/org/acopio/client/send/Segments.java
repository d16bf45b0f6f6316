package org.acopio.client.send;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that content is held in between disk and network: a fixed number of arrays, made when
 * first needed and used again. Whoever needs several takes them in one call, so that no two can
 * wait for each other's; whoever has some and wants more waits for a time only, and gives back or
 * sends what it has before it asks again.
 */
final class Segments {
  /** Length of a segment: below what a small heap would keep apart as a huge object. */
  static final int BYTES = 256 * 1024;

  private final int count;
  private final Semaphore free;
  private final Deque<byte[]> idle = new ArrayDeque<>();

  Segments(int count) {
    this.count = count;
    this.free = new Semaphore(count, true);
  }

  /** How many segments {@code bytes} need. */
  static int needed(long bytes) {
    return (int) ((bytes + BYTES - 1) / BYTES);
  }

  /** An empty slab with room for this many bytes; waits until it can be had. */
  Slab slab(long bytes) throws InterruptedException {
    int number = bounded(bytes);
    free.acquire(number);
    return taken(number);
  }

  /** The same, empty when it cannot be had within the patience. */
  Optional<Slab> slab(long bytes, Duration patience) throws InterruptedException {
    int number = bounded(bytes);
    return free.tryAcquire(number, patience.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(taken(number))
        : Optional.empty();
  }

  private int bounded(long bytes) {
    int number = needed(bytes);
    if (number > count) {
      throw new IllegalArgumentException(
          bytes + " bytes need " + number + " segments, and there are " + count);
    }
    return number;
  }

  private Slab taken(int number) {
    List<byte[]> taken = new ArrayList<>(number);
    synchronized (idle) {
      while (taken.size() < number && !idle.isEmpty()) {
        taken.add(idle.pop());
      }
    }
    while (taken.size() < number) {
      taken.add(new byte[BYTES]);
    }
    return new Slab(this, taken);
  }

  void giveBack(List<byte[]> segments) {
    synchronized (idle) {
      segments.forEach(idle::push);
    }
    free.release(segments.size());
  }

  /** How many are in nobody's hands. */
  int available() {
    return free.availablePermits();
  }

  int count() {
    return count;
  }
}
