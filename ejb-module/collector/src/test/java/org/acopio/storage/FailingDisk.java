package org.acopio.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/** A disk that fails when it is told to, in the words of the system. Thread-safe. */
public final class FailingDisk extends WatchedDisk {
  public static final String BROKEN = "Input/output error";
  public static final String FULL = "No space left on device";
  public static final String OVER_QUOTA = "Disk quota exceeded";
  public static final String READ_ONLY = "Read-only file system";

  private final Map<Step, Integer> left = new EnumMap<>(Step.class);
  private final Map<Step, String> always = new EnumMap<>(Step.class);
  private String once = BROKEN;
  private int failures;
  private volatile Runnable before = () -> {};

  /** A store on this disk. */
  public DiskStorage store(Path folder) {
    return new DiskStorage(new StorageSettings(folder, 2, 16, 30), Clock.systemUTC(), this);
  }

  /** The n-th of these from now on fails, from 1, and the next do not. */
  public synchronized void fail(Step step, int nth, String message) {
    left.put(step, nth);
    once = message;
  }

  /** All of these fail until the disk is whole. */
  public synchronized void failAlways(String message, Step... steps) {
    for (Step step : steps) {
      always.put(step, message);
    }
  }

  /** Does this right before every step from now on. */
  void beforeEach(Runnable action) {
    before = action;
  }

  /** Nothing fails any more. */
  public synchronized void heal() {
    left.clear();
    always.clear();
  }

  /** How often something failed. */
  public synchronized int failures() {
    return failures;
  }

  @Override
  void before(Step step) throws IOException {
    before.run();
    check(step);
  }

  private synchronized void check(Step step) throws IOException {
    if (always.containsKey(step)) {
      failures++;
      throw new IOException(always.get(step));
    }
    Integer nth = left.computeIfPresent(step, (key, count) -> count - 1);
    if (nth != null && nth == 0) {
      left.remove(step);
      failures++;
      throw new IOException(once);
    }
  }
}
