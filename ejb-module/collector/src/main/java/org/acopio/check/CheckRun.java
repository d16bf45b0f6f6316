package org.acopio.check;

import java.time.Instant;
import java.util.Optional;

/** A check that somebody asked a running server for, from its begin on. Thread-safe. */
public final class CheckRun {
  private final CheckOptions options;
  private final Instant begunAt;
  private final CheckProgress progress = new CheckProgress();
  private volatile boolean stopped;
  private volatile Optional<CheckReport> report = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();

  CheckRun(CheckOptions options, Instant begunAt) {
    this.options = options;
    this.begunAt = begunAt;
  }

  public CheckOptions options() {
    return options;
  }

  public Instant begunAt() {
    return begunAt;
  }

  public CheckProgress progress() {
    return progress;
  }

  /** What it came to, once it came to its end. */
  public Optional<CheckReport> report() {
    return report;
  }

  /** Why it did not come to its end. */
  public Optional<String> failure() {
    return failure;
  }

  /** Whether it goes on. */
  public boolean running() {
    return report.isEmpty() && failure.isEmpty();
  }

  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  void ended(CheckReport result) {
    report = Optional.of(result);
  }

  void failed(String why) {
    failure = Optional.of(why);
  }
}
