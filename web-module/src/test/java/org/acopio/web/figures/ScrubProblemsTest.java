package org.acopio.web.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.ScrubState;
import org.acopio.collect.Condition;
import org.acopio.collect.Problem;
import org.junit.jupiter.api.Test;

/** Whoever relies on stored bytes being read again hears when they are not, in time. */
class ScrubProblemsTest {
  private static final Instant BEGUN = Instant.parse("2026-11-21T17:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private static Condition after(Duration since, Optional<Instant> begun) {
    ScrubState state =
        new ScrubState(40, 40, 1L << 30, 0, begun, Optional.empty(), Optional.empty());
    return new Condition(
        BEGUN.plus(since),
        1L << 40,
        1L << 39,
        0,
        true,
        0,
        0,
        0,
        state,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void passThatIsNotOverInItsDaysIsAProblem() {
    Duration late = WEEK.plusSeconds(1);
    assertEquals(
        List.of(new Problem(Problem.Code.SCRUB_BEHIND, 40, 1L << 30, 0, late.toSeconds(), "7")),
        ScrubProblems.of(after(late, Optional.of(BEGUN)), 7));
  }

  @Test
  void passInItsDaysIsNone() {
    assertEquals(List.of(), ScrubProblems.of(after(WEEK, Optional.of(BEGUN)), 7));
    assertEquals(List.of(), ScrubProblems.of(after(WEEK.multipliedBy(2), Optional.of(BEGUN)), 30));
  }

  @Test
  void noPassIsNeverLate() {
    Duration ages = WEEK.multipliedBy(100);
    assertEquals(List.of(), ScrubProblems.of(after(ages, Optional.empty()), 7), "between two");
    assertEquals(List.of(), ScrubProblems.of(after(ages, Optional.of(BEGUN)), 0), "never is never");
  }

  @Test
  void clockThatWasSetBackMakesNobodyLate() {
    assertEquals(List.of(), ScrubProblems.of(after(WEEK.negated(), Optional.of(BEGUN)), 7));
  }
}
