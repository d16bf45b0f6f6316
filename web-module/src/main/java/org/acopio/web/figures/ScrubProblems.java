package org.acopio.web.figures;

import java.time.Duration;
import java.util.List;
import org.acopio.catalog.ScrubState;
import org.acopio.collect.Condition;
import org.acopio.collect.Problem;

/** What a person may want to put right about the reading of stored bytes in the background. */
final class ScrubProblems {
  private ScrubProblems() {}

  /**
   * A pass that was not over in its days: the store is larger than what may be read in that time,
   * or the server was off or busy for long.
   *
   * @param days within how many days all of it is read; 0 is never
   */
  static List<Problem> of(Condition condition, int days) {
    ScrubState state = condition.scrub();
    return state
        .begunAt()
        .map(begun -> Duration.between(begun, condition.at()))
        .filter(lasts -> days > 0 && lasts.compareTo(Duration.ofDays(days)) > 0)
        .map(
            lasts ->
                new Problem(
                    Problem.Code.SCRUB_BEHIND,
                    state.files(),
                    state.bytes(),
                    0,
                    lasts.toSeconds(),
                    Integer.toString(days)))
        .stream()
        .toList();
  }
}
