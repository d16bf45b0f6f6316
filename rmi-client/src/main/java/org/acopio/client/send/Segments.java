package org.acopio.client.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Memory that content is held in between disk and network: a fixed number of arrays, made when
 * first needed and used again. Whoever needs several takes them in one call and takes no more
 * before they are back, so that no two can wait for each other.
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
    int number = needed(bytes);
    if (number > count) {
      throw new IllegalArgumentException(
          bytes + " bytes need " + number + " segments, and there are " + count);
    }
    free.acquire(number);
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
