package org.acopio.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The lines that a process has printed so far, on both streams, read by a thread of their own. */
final class Output {
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;
  private boolean ended;

  /** Starts to read; the process must have its error stream redirected to its output. */
  Output(Process process) {
    reader = new Thread(() -> read(process), "output-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Process process) {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized String lastLine() {
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** The first line that matches, waited for until the process ends or the time is over. */
  synchronized Optional<String> await(Predicate<String> wanted, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> found = lines.stream().filter(wanted).findFirst();
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (found.isPresent() || ended || leftMillis <= 0) {
        return found;
      }
      wait(leftMillis);
    }
  }

  /** Returns when everything that the process printed was read. */
  void awaitEnd() throws InterruptedException {
    reader.join();
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }
}
