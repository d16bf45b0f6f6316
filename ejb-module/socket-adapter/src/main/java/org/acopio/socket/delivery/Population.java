package org.acopio.socket.delivery;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many connections live, for those who wait for the last to end. Thread-safe. */
public final class Population {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition extinct = lock.newCondition();
  private int alive;

  public void born() {
    lock.lock();
    try {
      alive++;
    } finally {
      lock.unlock();
    }
  }

  public void died() {
    lock.lock();
    try {
      alive--;
      if (alive == 0) {
        extinct.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  public int alive() {
    lock.lock();
    try {
      return alive;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none lives; {@code false} if that takes too long. */
  public boolean awaitExtinction(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (alive > 0 && left > 0) {
        left = extinct.awaitNanos(left);
      }
      return alive == 0;
    } finally {
      lock.unlock();
    }
  }
}
