package org.acopio.client.send;

import java.time.Duration;
import java.util.Optional;

/** Streams large files, one after the other. */
final class Streams {
  /** Below it, two calls in turn fill the wire. */
  private static final Duration NEAR = Duration.ofMillis(2);

  /** No call to a near server takes that long; behind a tunnel it only looks near. */
  private static final Duration FAR = Duration.ofMillis(50);

  private final Run run;

  Streams(Run run) {
    this.run = run;
  }

  /** Streams what the desk has, until the run is over. */
  void serve() throws SendException, InterruptedException {
    Optional<Work> work = run.desk().toStream();
    while (work.isPresent()) {
      new Stream(run, work.get(), this::window).send();
      work = run.desk().toStream();
    }
  }

  /**
   * Chunks of one file in the air. A server that gets them in order hashes along and need not look
   * at the content a second time; so as few as keep both sides busy: one on the same machine, where
   * reading and hashing the next one is work enough for the time of a call, two where the wire is
   * slower than that, and on far ones all lanes, because each waits for its answer.
   */
  private int window() {
    Line line = run.lifeline().line();
    if (run.stride().quickest().compareTo(FAR) > 0) {
      return run.sizes().lanes();
    }
    int wanted = line.local() ? 1 : line.roundTrip().compareTo(NEAR) < 0 ? 2 : Integer.MAX_VALUE;
    return Math.min(wanted, run.sizes().lanes());
  }
}
