package org.acopio.library;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.acopio.catalog.FileFacts;

/**
 * Numbers that were passed over. A commit takes its numbers before others can see its files, so a
 * file may appear after one with a greater number; or never, when the commit was given up. They are
 * waited for as long as a commit can take. Not safe for use by several threads at once.
 */
final class Gaps {
  /** Longer than a commit takes, with all its attempts. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  static final int MOST = 5_000;

  private final LongSupplier nanoClock;
  private final TreeMap<Long, Long> since = new TreeMap<>();

  Gaps(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** These, ascending, are the files behind the one with the number {@code last}. */
  void passed(long last, List<FileFacts> files) {
    long now = nanoClock.getAsLong();
    long before = last;
    for (FileFacts file : files) {
      for (long n = Math.max(before + 1, file.number() - MOST); n < file.number(); n++) {
        since.put(n, now);
      }
      before = file.number();
      while (since.size() > MOST) {
        since.pollFirstEntry();
      }
    }
  }

  void found(List<FileFacts> files) {
    files.forEach(file -> since.remove(file.number()));
  }

  /** What is still waited for. */
  Set<Long> open() {
    long now = nanoClock.getAsLong();
    for (Iterator<Long> times = since.values().iterator(); times.hasNext(); ) {
      if (now - times.next() > PATIENCE.toNanos()) {
        times.remove();
      }
    }
    return Set.copyOf(since.keySet());
  }

  boolean has(long number) {
    return since.containsKey(number);
  }
}
