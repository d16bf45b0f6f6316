package org.acopio.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts the sessions of one kind. Thread-safe; counting takes no lock. */
final class Tally {
  private final AtomicInteger live = new AtomicInteger();
  private final LongAdder begun = new LongAdder();
  private final Map<EndReason, LongAdder> ended = new EnumMap<>(EndReason.class);
  private final Figure messages = new Figure();
  private final Figure bytesRead = new Figure();
  private final Figure bytesWritten = new Figure();

  Tally() {
    for (EndReason reason : EndReason.values()) {
      ended.put(reason, new LongAdder());
    }
  }

  void began() {
    begun.increment();
    live.incrementAndGet();
  }

  void left() {
    live.decrementAndGet();
  }

  void ended(EndedSession session) {
    adder(session.reason()).increment();
    messages.ended.add(session.messages());
    bytesRead.ended.add(session.bytesRead());
    bytesWritten.ended.add(session.bytesWritten());
  }

  int live() {
    return live.get();
  }

  long begun() {
    return begun.sum();
  }

  long ended(EndReason reason) {
    return adder(reason).sum();
  }

  /** With what these sessions, which are the live ones, have done so far. */
  KindTotals totals(Stream<Session> now) {
    long[] sums = new long[3];
    long[] over = {messages.ended.sum(), bytesRead.ended.sum(), bytesWritten.ended.sum()};
    now.forEach(
        session -> {
          sums[0] += session.messages();
          sums[1] += session.bytesRead();
          sums[2] += session.bytesWritten();
        });
    Map<EndReason, Long> reasons = new EnumMap<>(EndReason.class);
    ended.forEach((reason, count) -> reasons.put(reason, count.sum()));
    return new KindTotals(
        begun(),
        reasons,
        messages.shown(over[0] + sums[0]),
        bytesRead.shown(over[1] + sums[1]),
        bytesWritten.shown(over[2] + sums[2]));
  }

  private LongAdder adder(EndReason reason) {
    return ended.get(reason);
  }

  /** Of a session that ends between the two sums neither has it, for a moment. */
  private static final class Figure {
    private final LongAdder ended = new LongAdder();
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);

    long shown(long sum) {
      most.accumulate(sum);
      return most.get();
    }
  }
}
