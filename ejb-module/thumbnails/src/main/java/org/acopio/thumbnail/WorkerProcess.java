package org.acopio.thumbnail;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.acopio.thumbnail.Outcome.Refused;

/** A running worker. It is asked by one thread at a time; any thread may kill it. */
final class WorkerProcess implements AutoCloseable {
  /** What {@code -XX:+ExitOnOutOfMemoryError} ends a JVM with. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int SAID_BYTES = 4_096;

  private final Process process;
  private final OutputStream requests;
  private final InputStream outcomes;
  private final LastWords said;
  private volatile boolean late;

  WorkerProcess(WorkerCommand command) throws IOException {
    process = command.start();
    requests = new BufferedOutputStream(process.getOutputStream());
    outcomes = new BufferedInputStream(process.getInputStream());
    said = new LastWords(process.getErrorStream());
    Thread reader = new Thread(said, "thumbnail-worker-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** The outcome, or why the process ended instead of giving one. */
  Outcome ask(Request request) {
    try {
      Frames.write(request, requests);
      return Frames.readOutcome(outcomes);
    } catch (IOException e) {
      close();
      return new Refused(end());
    }
  }

  private Reason end() {
    if (late) {
      return Reason.TOO_SLOW;
    }
    return process.exitValue() == OUT_OF_MEMORY ? Reason.TOO_MUCH_MEMORY : Reason.CRASHED;
  }

  /** Ends the process because its file takes too long. */
  void giveUp() {
    late = true;
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The last that it wrote to its standard error. */
  String said() {
    return said.text();
  }

  /** Lets the process end by itself for a moment, as one does that has no memory left. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already.
    }
    try {
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }

  /** Reads everything, so that the process never waits, and keeps the end of it. */
  private static final class LastWords implements Runnable {
    private final InputStream in;
    private final StringBuilder text = new StringBuilder();

    LastWords(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[SAID_BYTES];
      try (in) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          add(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        add(" (" + e.getMessage() + ")");
      }
    }

    private synchronized void add(String more) {
      text.append(more);
      text.delete(0, Math.max(0, text.length() - SAID_BYTES));
    }

    synchronized String text() {
      return text.toString().strip();
    }
  }
}
