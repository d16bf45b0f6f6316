package org.acopio.client.command;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person types, read by a thread of their own so that somebody can watch a server in
 * the meantime. At most one line is read ahead. For one thread.
 */
final class TypedLines implements AutoCloseable {
  private final Reader in;
  private final int most;
  private final SynchronousQueue<Line> lines = new SynchronousQueue<>();
  private final Thread reader;
  private volatile boolean closed;
  private @Nullable Line line;

  /**
   * @param most how many characters of a line are kept; the rest is read and dropped
   */
  TypedLines(Reader in, int most) {
    this.in = in;
    this.most = most;
    this.reader = new Thread(this::read, "acopio-typed");
    // A read of the keyboard cannot be called off, and must not keep the process.
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits for a line or the end of the input, no longer than this; true when it is there. */
  boolean await(long millis) throws InterruptedException {
    if (line == null) {
      line = lines.poll(millis, TimeUnit.MILLISECONDS);
    }
    return line != null;
  }

  /** The line that was waited for; nothing at the end of the input. */
  Optional<Typed> next() {
    Line next = Objects.requireNonNull(line, "await was not true");
    line = null;
    if (next.failure != null) {
      throw new UncheckedIOException("reading what was typed", next.failure);
    }
    return next.typed;
  }

  private void read() {
    try {
      Line read;
      do {
        read = line();
        if (closed) {
          return;
        }
        lines.put(read);
      } while (read.typed.isPresent());
    } catch (InterruptedException e) {
      // Nobody wants more lines.
      Thread.currentThread().interrupt();
    }
  }

  private Line line() {
    try {
      return new Line(typed(), null);
    } catch (IOException e) {
      return new Line(Optional.empty(), e);
    }
  }

  private Optional<Typed> typed() throws IOException {
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    boolean whole = true;
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (text.length() < most) {
        text.append((char) c);
      } else {
        whole = whole && c == '\r';
      }
    }
    int length = text.length();
    if (length > 0 && text.charAt(length - 1) == '\r') {
      text.setLength(length - 1);
    }
    return Optional.of(new Typed(text.toString(), whole));
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }

  /** What was read: a line, the end, or why there is neither. */
  private record Line(Optional<Typed> typed, @Nullable IOException failure) {}
}
