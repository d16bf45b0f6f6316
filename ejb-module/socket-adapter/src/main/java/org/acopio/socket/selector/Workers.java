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

/**
 * A bounded number of threads for listeners that may block, each with a bean of its own. They are
 * threads of the adapter and not the container's {@code WorkManager}: a unit of work for each
 * message costs many times the message. Idle ones end after half a minute.
 */
public final class Workers {
  private static final Logger LOG = System.getLogger(Workers.class.getName());
  private static final long KEEP_ALIVE_SECONDS = 30;

  private final ThreadPoolExecutor pool;
  private final Set<Worker> alive = ConcurrentHashMap.newKeySet();

  /** Something to do with the worker's own bean. */
  interface Task {
    void run(Bean bean);
  }

  /**
   * @param name of the activation
   * @param most threads at once
   */
  public Workers(String name, int most, Beans beans) {
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

  /** The queue holds each connection once at most, so connections bound it. */
  void execute(Task task) {
    try {
      pool.execute(() -> task.run(((Worker) Thread.currentThread()).bean));
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "a delivery came after the workers had been stopped", stopped);
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
