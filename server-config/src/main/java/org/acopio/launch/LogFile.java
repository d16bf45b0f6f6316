package org.acopio.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The newest log lines in {@code server.log}, the older ones in {@code server.log.1} and so on. A
 * file that reached its size is renamed; the oldest is deleted. Safe for any number of threads.
 */
final class LogFile extends Handler {
  private final Path newest;
  private final long limitBytes;
  private final int kept;
  private OutputStream out;
  private long written;

  /**
   * Appends to {@code newest}; at most {@code kept} older files of {@code limitBytes} each remain.
   */
  LogFile(Path newest, long limitBytes, int kept) {
    this.newest = newest;
    this.limitBytes = limitBytes;
    this.kept = kept;
    setFormatter(new LogLine());
    setLevel(Level.ALL);
    try {
      written = Files.exists(newest) ? Files.size(newest) : 0;
      out = open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    try {
      byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
      if (written > 0 && written + line.length > limitBytes) {
        rotate();
      }
      out.write(line);
      written += line.length;
    } catch (IOException e) {
      reportError("The log cannot be written: " + newest, e, ErrorManager.WRITE_FAILURE);
    }
  }

  private void rotate() throws IOException {
    out.close();
    for (int age = kept; age > 0; age--) {
      Path younger = age == 1 ? newest : aged(age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, aged(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    written = 0;
    out = open();
  }

  private Path aged(int age) {
    return newest.resolveSibling(newest.getFileName() + "." + age);
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(newest, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void flush() {
    // Every line goes to the operating system at once.
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      reportError("The log cannot be closed: " + newest, e, ErrorManager.CLOSE_FAILURE);
    }
  }
}
