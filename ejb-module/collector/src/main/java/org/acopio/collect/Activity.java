package org.acopio.collect;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.acopio.collect.Waiting.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What an open collection is doing, noted while it happens. Thread-safe; a note waits for nobody.
 */
final class Activity {
  /** How long nothing happens before it is called waiting. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  final LongAdder begun = new LongAdder();
  final LongAdder begunBytes = new LongAdder();
  final LongAdder changed = new LongAdder();
  final Speed speed;

  private final AtomicIntegerArray underWay = new AtomicIntegerArray(Operation.values().length);
  private volatile @Nullable Trouble trouble;

  /** What failed last and was not followed by a success. */
  private record Trouble(Reason reason, long nanos) {}

  Activity(long nanos) {
    speed = new Speed(nanos);
  }

  void begin(Operation work) {
    underWay.incrementAndGet(work.ordinal());
  }

  void end(Operation work) {
    underWay.decrementAndGet(work.ordinal());
  }

  void failed(Reason reason, long nanos) {
    trouble = new Trouble(reason, nanos);
  }

  void succeeded() {
    if (trouble != null) {
      trouble = null;
    }
  }

  /**
   * Why it does not go on.
   *
   * @param idleNanos since a call began or ended
   * @param queued whether calls wait for a lane
   */
  Waiting waiting(long now, long idleNanos, boolean queued) {
    Trouble last = trouble;
    if (last != null) {
      return new Waiting(last.reason, Duration.ofNanos(Math.max(0, now - last.nanos)));
    }
    Duration idle = Duration.ofNanos(idleNanos);
    if (idle.compareTo(PATIENCE) >= 0) {
      return new Waiting(slowest(), idle);
    }
    return queued ? new Waiting(Reason.LANES, idle) : Waiting.NONE;
  }

  private Reason slowest() {
    for (Operation work : Operation.values()) {
      if (underWay.get(work.ordinal()) > 0) {
        return work.waitsFor;
      }
    }
    return Reason.CLIENT;
  }
}
