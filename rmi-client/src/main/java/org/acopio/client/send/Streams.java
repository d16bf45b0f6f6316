package org.acopio.client.send;

import java.time.Duration;
import java.util.Optional;

/** Streams large files, one after the other. */
final class Streams {
  /** Below it, one call after the other fills the wire. */
  private static final Duration NEAR = Duration.ofMillis(2);

  private final Run run;

  Streams(Run run) {
    this.run = run;
  }

  /** Streams what the desk has, until the run is over. */
  void serve() throws SendException, InterruptedException {
    Optional<Work> work = run.desk().toStream();
    while (work.isPresent()) {
      new Stream(run, work.get(), window()).send();
      work = run.desk().toStream();
    }
  }

  /**
   * Chunks of one file in the air. Near servers get them almost in order, which spares them a
   * second look at the content; far ones as many as there are lanes, because each waits for its
   * answer.
   */
  private int window() {
    boolean near = run.lifeline().line().roundTrip().compareTo(NEAR) < 0;
    return near ? Math.min(2, run.sizes().lanes()) : run.sizes().lanes();
  }
}
