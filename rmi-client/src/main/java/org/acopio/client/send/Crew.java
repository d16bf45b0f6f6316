package org.acopio.client.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of a run. What ends one of them early ends the run. */
final class Crew {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final List<Thread> threads = new ArrayList<>();
  private final Consumer<Throwable> failed;

  Crew(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Starts {@code count} threads that do the same. */
  void start(String name, int count, Task task) {
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(() -> perform(task), "acopio-" + name + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void perform(Task task) {
    try {
      task.perform();
    } catch (Throwable e) {
      // An error too: a thread that is gone without a word would leave the run waiting for ever.
      failed.accept(e);
    }
  }

  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Waits until all have ended. */
  void join() {
    join(LONGEST);
  }

  /** Waits until all have ended or {@code limit} is over, through an interrupt. */
  void join(Duration limit) {
    boolean interrupted = false;
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : threads) {
      long left = end - System.nanoTime();
      while (thread.isAlive() && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        left = end - System.nanoTime();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a thread does. */
  interface Task {
    void perform() throws SendException, InterruptedException;
  }
}
