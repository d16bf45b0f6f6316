package org.acopio.launch;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * What a person sees of the log: lines of the loggers {@value #VOICE} and {@value #ONCE} as they
 * are, and problems ({@code SEVERE}) in one line each. Problems of the start are held back until it
 * is known whether it succeeds, because then one sentence says it better.
 */
final class Console extends Handler {
  /** The logger whose records from INFO up are meant for the person at the console. */
  static final String VOICE = "org.acopio.console";

  /** The logger for what is shown here once and written nowhere, such as a new password. */
  static final String ONCE = VOICE + ".once";

  private final PrintStream out;
  private final PrintStream problems;
  private final List<LogRecord> held = new ArrayList<>();
  private boolean holding = true;

  Console(PrintStream out, PrintStream problems) {
    this.out = out;
    this.problems = problems;
    setFormatter(new LogLine());
    setLevel(Level.INFO);
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (VOICE.equals(record.getLoggerName()) || ONCE.equals(record.getLoggerName())) {
      if (isLoggable(record)) {
        out.println(getFormatter().formatMessage(record));
      }
    } else if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
      if (holding) {
        held.add(record);
      } else {
        say(record);
      }
    }
  }

  /** Prints what was held back, and from now on every problem at once. */
  synchronized void release() {
    holding = false;
    held.forEach(this::say);
    held.clear();
  }

  /** The first exception among the problems held back. */
  synchronized Optional<Throwable> firstProblem() {
    return held.stream().map(LogRecord::getThrown).filter(thrown -> thrown != null).findFirst();
  }

  private void say(LogRecord record) {
    try {
      String message = String.valueOf(getFormatter().formatMessage(record)).strip();
      problems.println("Problem: " + message.lines().findFirst().orElse("") + " (see the log)");
    } catch (RuntimeException e) {
      reportError("A log record cannot be shown", e, ErrorManager.FORMAT_FAILURE);
    }
  }

  @Override
  public void flush() {
    out.flush();
    problems.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
