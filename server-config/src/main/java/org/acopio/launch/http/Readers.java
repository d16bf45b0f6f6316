package org.acopio.launch.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets only so many threads at once read what is not a request yet: handshakes of TLS, heads, ends.
 * The container would take a thread for each of a thousand connections that end together, and keep
 * them all for a quarter of an hour. The others wait in their order. Thread-safe.
 */
final class Readers {
  /** No step of reading waits for a client, so a few for each processor are enough. */
  static final int MOST = Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

  private final int most;
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);
  private int readers;

  private record Turn(Executor pool, Runnable task) {}

  Readers() {
    this(MOST);
  }

  Readers(int most) {
    this.most = most;
  }

  /**
   * Runs a task in a thread of a pool, once few enough others read.
   *
   * @throws RejectedExecutionException if the pool takes no more; the task is not run then
   */
  void read(Executor pool, Runnable task) {
    Turn turn = new Turn(pool, task);
    synchronized (this) {
      if (readers >= most) {
        waiting.add(turn);
        return;
      }
      readers++;
    }
    begin(turn);
  }

  /**
   * The thread that calls this has read a request and goes on with it for as long as that takes;
   * another one may read. Repeating it is harmless.
   */
  void served() {
    if (!reading.get()) {
      return;
    }
    reading.remove();
    Turn next = next();
    if (next != null) {
      try {
        begin(next);
      } catch (RejectedExecutionException full) {
        // Whoever reads now takes it when done.
        putBack(next);
      }
    }
  }

  private void begin(Turn turn) {
    try {
      turn.pool.execute(() -> readAll(turn));
    } catch (RejectedExecutionException full) {
      synchronized (this) {
        readers--;
      }
      throw full;
    }
  }

  private synchronized void putBack(Turn turn) {
    waiting.add(turn);
  }

  /** One after the other, until none waits or what was read became a request. */
  private void readAll(Turn first) {
    for (Turn turn = first; turn != null; turn = reading.get() ? next() : null) {
      reading.set(true);
      try {
        turn.task.run();
      } catch (RuntimeException | Error failed) {
        served();
        throw failed;
      }
    }
    reading.remove();
  }

  /** The place is the next one's, or free. */
  private synchronized @Nullable Turn next() {
    Turn next = waiting.poll();
    if (next == null) {
      readers--;
    }
    return next;
  }
}
