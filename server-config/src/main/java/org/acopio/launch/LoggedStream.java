package org.acopio.launch;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A standard stream whose lines become log records. Safe for any number of threads. */
final class LoggedStream extends PrintStream {

  LoggedStream(Logger logger, Level level) {
    super(new Lines(logger, level), true, StandardCharsets.UTF_8);
  }

  private static final class Lines extends OutputStream {
    private final Logger logger;
    private final Level level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Logger logger, Level level) {
      this.logger = logger;
      this.level = level;
    }

    @Override
    public synchronized void write(int value) {
      if (value != '\n') {
        line.write(value);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.reset();
      if (!text.isEmpty()) {
        logger.logp(level, null, null, text);
      }
    }
  }
}
