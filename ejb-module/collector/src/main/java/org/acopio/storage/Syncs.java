package org.acopio.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the disk on many files side by side: a journalling file system answers waiting syncs
 * together, so that parallel ones cost little more than one.
 */
final class Syncs implements AutoCloseable {
  private final ExecutorService threads;

  Syncs(int count) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "acopio-sync");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /** What is done to one item. */
  interface Work<T> {
    void on(T item) throws IOException;
  }

  /** Does the work on every item, and returns when all of it is done. Throws the first failure. */
  <T> void each(Collection<T> items, Work<T> work) throws IOException {
    List<Future<?>> running = new ArrayList<>(items.size());
    for (T item : items) {
      running.add(
          threads.submit(
              () -> {
                work.on(item);
                return null;
              }));
    }
    IOException failure = null;
    for (Future<?> one : running) {
      failure = result(one, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @org.jspecify.annotations.Nullable IOException result(
      Future<?> one, @org.jspecify.annotations.Nullable IOException before) {
    try {
      one.get();
      return before;
    } catch (ExecutionException e) {
      IOException now = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      return before == null ? now : before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IOException("interrupted while waiting for the disk", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
