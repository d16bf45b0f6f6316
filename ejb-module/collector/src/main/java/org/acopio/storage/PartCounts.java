package org.acopio.storage;

import java.util.concurrent.atomic.AtomicLongArray;
import org.acopio.remote.Parts;

/**
 * How far each part of an upload has come, for those who look on and must not wait. Written by one
 * thread at a time, read by any.
 */
final class PartCounts {
  /** Bytes that have arrived of each part, then blocks that came again of each. */
  private final AtomicLongArray counts = new AtomicLongArray(2 * Parts.COUNT);

  long arrived(int part) {
    return counts.get(part);
  }

  long repeated(int part) {
    return counts.get(Parts.COUNT + part);
  }

  void add(int part, long bytes) {
    set(part, counts.get(part) + bytes);
  }

  void set(int part, long bytes) {
    counts.setRelease(part, bytes);
  }

  void cameAgain(int part) {
    counts.setRelease(Parts.COUNT + part, repeated(part) + 1);
  }
}
