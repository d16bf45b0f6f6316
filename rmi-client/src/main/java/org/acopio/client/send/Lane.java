package org.acopio.client.send;

import java.util.Optional;

/** Carries blocks: one call after the other. */
final class Lane {
  private final Run run;

  Lane(Run run) {
    this.run = run;
  }

  /** Does what the desk has, until the run is over. */
  void serve() throws SendException, InterruptedException {
    Optional<LaneTask> task = run.desk().laneTask(run);
    while (task.isPresent()) {
      task.get().run();
      task = run.desk().laneTask(run);
    }
  }
}
