package org.acopio.client.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FileResult;

/**
 * One line on a screen that tells how far a run is: written anew four times a second by a thread of
 * its own, so that those who report never wait for the screen. The first line comes after half a
 * second; a run that is over by then shows none.
 */
final class Progress implements AutoCloseable {
  private static final long FIRST_NANOS = 500_000_000L;
  private static final long EACH_NANOS = 250_000_000L;

  /** Return, and erase to the end of the line (ECMA-48). */
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private final Units units;
  private final long files;
  private final long bytes;
  private final long begun = System.nanoTime();
  private final LongAdder doneFiles = new LongAdder();
  private final LongAdder doneBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final Set<String> underWay = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private final Thread thread = new Thread(this::run, "acopio-progress");
  private volatile boolean closed;

  Progress(Terminal terminal, Units units, long files, long bytes) {
    this.terminal = terminal;
    this.units = units;
    this.files = files;
    this.bytes = bytes;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void started(MediaFile file) {
    underWay.add(key(file));
  }

  void acknowledged(long more) {
    doneBytes.add(more);
    sentBytes.add(more);
  }

  /** What was not sent in this run counts as done when its result is there. */
  void finished(FileResult result) {
    doneFiles.increment();
    if (!underWay.remove(key(result.file()))) {
      doneBytes.add(result.file().stamp().size());
    }
  }

  private static String key(MediaFile file) {
    return PathText.decoded(file.wirePath());
  }

  private void run() {
    LockSupport.parkNanos(FIRST_NANOS);
    while (!closed) {
      synchronized (this) {
        if (!closed) {
          show(terminal.err(), line(System.nanoTime() - begun));
        }
      }
      LockSupport.parkNanos(EACH_NANOS);
    }
  }

  /** What is shown this long after the beginning. */
  String line(long nanos) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    // Repeats and files that grew may bring more bytes than were found.
    long done = Math.min(doneBytes.sum(), bytes);
    long percent = bytes == 0 ? 100 : done * 100 / bytes;
    double speed = sentBytes.sum() / seconds;
    String left =
        speed < 1 ? "?" : units.duration(Duration.ofSeconds(1 + (long) ((bytes - done) / speed)));
    return terminal.text(
        "collect.progress",
        percent,
        units.size(done),
        units.size(bytes),
        doneFiles.sum(),
        files,
        units.rate(speed),
        left);
  }

  /** Shows one line in place of the one before. */
  static void show(PrintStream screen, String line) {
    screen.print(CLEAR + line);
    screen.flush();
  }

  /** Takes the line away. */
  static void clear(PrintStream screen) {
    screen.print(CLEAR);
    screen.flush();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clear(terminal.err());
  }
}
