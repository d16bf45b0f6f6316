package org.acopio.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Takes items from threads that must not wait and gives them, in order and in batches, to one
 * thread that may. What finds no room is dropped, counted and told in the log.
 *
 * @param <T> what is given on
 */
final class Mailbox<T> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Mailbox.class.getName());
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String name;
  private final int capacity;
  private final int batch;
  private final Predicate<List<T>> recipient;
  private final Duration retryAfter;
  private final Thread thread;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final Deque<T> waiting = new ArrayDeque<>();
  private boolean closed;
  private long dropped;
  private long told;
  private long toldAt;

  /**
   * A mailbox with a thread of its own.
   *
   * @param capacity the most items that wait
   * @param batch the most items given at once
   * @param recipient returns {@code false} to be given the same batch again after {@code
   *     retryAfter}
   */
  Mailbox(String name, int capacity, int batch, Duration retryAfter, Predicate<List<T>> recipient) {
    this.name = name;
    this.capacity = capacity;
    this.batch = batch;
    this.recipient = recipient;
    this.retryAfter = retryAfter;
    toldAt = System.nanoTime() - TELL_NANOS;
    thread = new Thread(this::deliver, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Gives the item on when there is room; waits for nothing but a moment of the lock. */
  void offer(T item) {
    synchronized (lock) {
      if (closed || waiting.size() == capacity) {
        dropped++;
        return;
      }
      waiting.add(item);
      if (waiting.size() == 1) {
        lock.notifyAll();
      }
    }
  }

  /** How many items were lost: no room for them, or not to be kept. */
  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /**
   * Delivers what waits and ends the thread, or returns after {@code limit} and leaves it behind.
   * It is not interrupted: an interrupt in the middle of a write closes the file of an H2 database.
   */
  void close(Duration limit) {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.log(Level.WARNING, "{0} is not done after {1}", name, limit);
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  private void deliver() {
    try {
      for (List<T> items = next(); !items.isEmpty(); items = next()) {
        hand(items);
        tellDropped(false);
      }
    } catch (InterruptedException e) {
      LOG.log(Level.WARNING, "{0} was stopped before everything was delivered", name);
      Thread.currentThread().interrupt();
    }
    tellDropped(true);
  }

  /** Waits for items; returns none when there will be none any more. */
  private List<T> next() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty() && !closed) {
        lock.wait();
      }
      List<T> items = new ArrayList<>(Math.min(batch, waiting.size()));
      while (items.size() < batch && !waiting.isEmpty()) {
        items.add(waiting.remove());
      }
      return List.copyOf(items);
    }
  }

  private void hand(List<T> items) throws InterruptedException {
    try {
      while (!recipient.test(items)) {
        if (!pause()) {
          lose(items.size());
          return;
        }
      }
    } catch (RuntimeException e) {
      lose(items.size());
      LOG.log(Level.WARNING, name + " lost " + items.size() + " items", e);
    }
  }

  /** Waits before the next try; returns {@code false} when there is no time for one. */
  private boolean pause() throws InterruptedException {
    synchronized (lock) {
      long end = System.nanoTime() + retryAfter.toNanos();
      for (long left = end - System.nanoTime(); left > 0 && !closed; ) {
        TimeUnit.NANOSECONDS.timedWait(lock, left);
        left = end - System.nanoTime();
      }
      return !closed;
    }
  }

  private void lose(int items) {
    synchronized (lock) {
      dropped += items;
    }
  }

  /** At most once a minute, however many there are. */
  private void tellDropped(boolean always) {
    long lost;
    synchronized (lock) {
      long now = System.nanoTime();
      if (dropped == told || !always && now - toldAt < TELL_NANOS) {
        return;
      }
      lost = dropped;
      told = lost;
      toldAt = now;
    }
    LOG.log(Level.WARNING, "{0}: {1} items were dropped since the start", name, lost);
  }
}
