package org.acopio.rmi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts who comes to the port of RMI and who is turned away; and its switch. Thread-safe. */
final class Tally {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refusedFull = new LongAdder();
  private final LongAdder refusedOfAddress = new LongAdder();
  private final LongAdder refusedPaused = new LongAdder();
  private volatile boolean paused;

  /** Why a connection is turned away. */
  enum Refusal {
    PAUSED("the port is paused"),
    ADDRESS_FULL("this address has as many as acopio.rmi.max-connections-per-address allows"),
    FULL("there are as many as acopio.rmi.max-connections allows");

    private final String words;

    Refusal(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  void opened() {
    accepted.increment();
    peak.accumulateAndGet(open.incrementAndGet(), Math::max);
  }

  void closed() {
    open.decrementAndGet();
  }

  void refused(Refusal why) {
    switch (why) {
      case PAUSED -> refusedPaused.increment();
      case ADDRESS_FULL -> refusedOfAddress.increment();
      case FULL -> refusedFull.increment();
    }
  }

  int open() {
    return open.get();
  }

  boolean paused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  GateFigures now() {
    return new GateFigures(
        open.get(),
        peak.get(),
        accepted.sum(),
        refusedFull.sum(),
        refusedOfAddress.sum(),
        refusedPaused.sum(),
        paused);
  }
}
