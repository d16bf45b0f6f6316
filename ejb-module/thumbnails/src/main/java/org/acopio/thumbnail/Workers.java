package org.acopio.thumbnail;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.acopio.thumbnail.Outcome.Refused;

/**
 * A few workers and the queue before them. A worker is started when a file waits and none is free,
 * is used for one file after the other, and ends when nothing was wanted of it for a time. One that
 * takes too long is killed; the next file gets a new one. Thread-safe.
 */
final class Workers implements AutoCloseable {
  /** Files that wait at most. */
  static final int QUEUE = 64;

  private static final Logger LOG = System.getLogger(Workers.class.getName());

  /** After a start that failed, the next is tried after this long. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final Starter starter;
  private final Duration deadline;
  private final Duration idle;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService timer;
  private final Deque<Idle> free = new ArrayDeque<>();
  private final Set<WorkerProcess> busy = new HashSet<>();
  private boolean closed;
  private volatile long restUntil = System.nanoTime();

  Workers(Starter starter, int workers, Duration deadline, Duration idle) {
    this.starter = starter;
    this.deadline = deadline;
    this.idle = idle;
    threads =
        new ThreadPoolExecutor(
            workers,
            workers,
            idle.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            named("thumbnails-"));
    threads.allowCoreThreadTimeOut(true);
    timer = Executors.newSingleThreadScheduledExecutor(named("thumbnails-timer-"));
    timer.scheduleWithFixedDelay(
        this::endIdle, idle.toMillis(), Math.max(1, idle.toMillis() / 4), TimeUnit.MILLISECONDS);
  }

  /** Starts a worker. */
  interface Starter {
    WorkerProcess start() throws IOException;
  }

  /**
   * Has a worker do it, sometime, and tells the outcome.
   *
   * @return false when too many wait
   */
  boolean submit(Request request, Consumer<Outcome> outcome) {
    try {
      threads.execute(() -> outcome.accept(run(request)));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private Outcome run(Request request) {
    if (System.nanoTime() - restUntil < 0) {
      return new Refused(Reason.FAILED);
    }
    try {
      WorkerProcess worker = take();
      Future<?> end = timer.schedule(worker::giveUp, deadline.toMillis(), TimeUnit.MILLISECONDS);
      Outcome outcome = worker.ask(request);
      boolean inTime = end.cancel(false);
      if (!giveBack(worker, inTime && worker.isAlive())) {
        worker.close();
        tell(request, outcome, worker);
      }
      return outcome;
    } catch (RejectedExecutionException e) {
      return new Refused(Reason.BUSY);
    } catch (IOException | RuntimeException e) {
      restUntil = System.nanoTime() + REST.toNanos();
      LOG.log(Level.WARNING, "no pictures of files: the process that makes them does not start", e);
      return new Refused(Reason.FAILED);
    }
  }

  private static void tell(Request request, Outcome outcome, WorkerProcess worker) {
    if (outcome instanceof Refused refused) {
      LOG.log(
          refused.reason() == Reason.CRASHED ? Level.WARNING : Level.INFO,
          "no picture of {0}: {1}{2}",
          PlainText.of(request.file()),
          refused.reason().word(),
          worker.said().isEmpty() ? "" : "; the worker said: " + PlainText.of(worker.said()));
    }
  }

  private WorkerProcess take() throws IOException {
    synchronized (free) {
      while (!free.isEmpty()) {
        WorkerProcess worker = free.pop().worker();
        if (worker.isAlive()) {
          return atWork(worker);
        }
      }
    }
    return atWork(starter.start());
  }

  private WorkerProcess atWork(WorkerProcess worker) {
    synchronized (free) {
      if (!closed) {
        busy.add(worker);
        return worker;
      }
    }
    worker.giveUp();
    throw new RejectedExecutionException("the server stops");
  }

  /** Keeps a worker for the next file, unless it is of no more use. */
  private boolean giveBack(WorkerProcess worker, boolean usable) {
    synchronized (free) {
      busy.remove(worker);
      boolean kept = usable && !closed;
      if (kept) {
        free.push(new Idle(worker, System.nanoTime()));
      }
      return kept;
    }
  }

  private void endIdle() {
    long now = System.nanoTime();
    while (true) {
      WorkerProcess worker;
      synchronized (free) {
        Idle longest = free.peekLast();
        if (longest == null || now - longest.sinceNanos() < idle.toNanos()) {
          return;
        }
        worker = free.removeLast().worker();
      }
      worker.close();
    }
  }

  /** Ends all workers; who waits gets no picture. */
  @Override
  public void close() {
    threads.shutdown();
    timer.shutdownNow();
    synchronized (free) {
      closed = true;
      busy.forEach(WorkerProcess::giveUp);
      free.forEach(one -> one.worker().giveUp());
      free.clear();
    }
    threads.shutdownNow();
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private record Idle(WorkerProcess worker, long sinceNanos) {}
}
