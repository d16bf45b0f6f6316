package org.acopio.socket.selector;

import java.io.Serial;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.selector.Turns.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads for listeners that may block, each with a bean of its own, shared out
 * by {@link Turns}. They are threads of the adapter and not the container's {@code WorkManager}: a
 * unit of work for each message costs many times the message. Idle ones end after half a minute.
 */
public final class Workers {
  private static final Logger LOG = System.getLogger(Workers.class.getName());
  private static final long KEEP_ALIVE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final Turns turns;
  private final Set<Worker> alive = ConcurrentHashMap.newKeySet();

  /** Something to do with the worker's own bean, for a client. */
  interface Task {
    void run(Bean bean);

    Client client();
  }

  /**
   * @param name of the activation
   * @param most threads at once
   */
  public Workers(String name, int most, Beans beans) {
    turns = new Turns(most);
    AtomicInteger number = new AtomicInteger();
    Handover queue = new Handover();
    pool =
        new ThreadPoolExecutor(
            0,
            most,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            loop -> new Worker(loop, name + "-worker-" + number.incrementAndGet(), beans.bean()),
            (task, full) -> {
              if (full.isShutdown()) {
                throw new RejectedExecutionException("the workers of " + name + " have stopped");
              }
              queue.put(task);
            });
  }

  /** Runs it once its client may have a worker. Each connection waits once at most. */
  void execute(Task task) {
    Turn turn = new Turn(task.client(), task);
    if (turns.begins(turn)) {
      start(turn);
    }
  }

  private void start(Turn turn) {
    try {
      pool.execute(() -> run(turn));
    } catch (RejectedExecutionException stopped) {
      turns.ended(turn);
      LOG.log(Level.DEBUG, "a delivery came after the workers had been stopped", stopped);
    }
  }

  private void run(Turn first) {
    Bean bean = ((Worker) Thread.currentThread()).bean;
    for (@Nullable Turn turn = first; turn != null; turn = turns.next()) {
      startOthers();
      try {
        turn.task().run(bean);
      } catch (RuntimeException broken) {
        LOG.log(Level.ERROR, "a delivery of the adapter failed; its connection may hang", broken);
      } finally {
        turns.ended(turn);
      }
    }
  }

  /** The end of one delivery may let more than one other begin. */
  private void startOthers() {
    for (Turn other = turns.next(); other != null; other = turns.next()) {
      start(other);
    }
  }

  int threads() {
    return pool.getPoolSize();
  }

  /** Ends the threads once they have done what waits, or after that time without. */
  public void stop(long mostMillis) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(mostMillis, TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
        pool.awaitTermination(mostMillis, TimeUnit.MILLISECONDS);
      }
      // A pool calls itself terminated just before its threads have given their beans back.
      for (Worker worker : alive) {
        worker.join(mostMillis);
      }
    } catch (InterruptedException hurry) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes the pool prefer a thread that is idle to a new one, and a new one to waiting: its own
   * rule is a new thread for each task up to the core size, and waiting behind that.
   */
  private static final class Handover extends LinkedTransferQueue<Runnable> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }

  /** Gives its bean back when it ends. */
  private final class Worker extends Thread {
    private final Bean bean;

    Worker(Runnable loop, String name, Bean bean) {
      super(loop, name);
      this.bean = bean;
      setDaemon(true);
    }

    @Override
    public void run() {
      alive.add(this);
      try {
        super.run();
      } finally {
        bean.release();
        alive.remove(this);
      }
    }
  }
}
