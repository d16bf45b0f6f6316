package org.acopio.endpoint;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A log that a test can read. */
final class FakeLog implements System.Logger {
  final List<String> lines = new ArrayList<>();
  private final Level least;

  FakeLog(Level least) {
    this.least = least;
  }

  @Override
  public String getName() {
    return "fake";
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.getSeverity() >= least.getSeverity();
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      lines.add(level + " " + message);
    }
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, Object @Nullable ... values) {
    log(
        level,
        bundle,
        values == null ? format : MessageFormat.format(format, values),
        (Throwable) null);
  }
}
