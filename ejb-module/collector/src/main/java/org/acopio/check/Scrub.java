package org.acopio.check;

import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.FileChecks;
import org.acopio.catalog.ScrubState;
import org.acopio.check.Weighing.Weighed;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Inspection.Pace;

/**
 * One pass over all stored files, in pieces that remember where they ended, across restarts too.
 * Marks what is damaged; changes nothing else. For one thread.
 */
final class Scrub {
  private static final Logger LOG = System.getLogger(Scrub.class.getName());
  private static final int PAGE = 50;
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(5);
  private static final int MOST_LOGGED = 100;

  private final Catalog catalog;
  private final DiskStorage store;
  private final Clock clock;

  /** Files of this run that were lost or damaged. */
  private int lost;

  Scrub(Catalog catalog, DiskStorage store, Clock clock) {
    this.catalog = catalog;
    this.store = store;
    this.clock = clock;
  }

  /**
   * When the next pass is to begin; now when one is under way, and when the last one began or ended
   * in the future: the clock was wrong then, or is now.
   */
  static Instant next(ScrubState state, int days, Instant now) {
    boolean future =
        Stream.of(state.endedAt(), state.lastBegunAt())
            .flatMap(Optional::stream)
            .anyMatch(moment -> moment.isAfter(now));
    return state.due(days).filter(due -> !future).orElse(now);
  }

  /** Goes on with the pass that is under way, or begins one, until its end or the pace's. */
  void run(Pace pace) throws InterruptedIOException {
    lost = 0;
    FileChecks checks = catalog.checks();
    ScrubState begun = checks.scrub();
    if (begun.begunAt().isEmpty()) {
      begun =
          new ScrubState(
              0, 0, 0, 0, Optional.of(clock.instant()), begun.endedAt(), begun.lastBegunAt());
      checks.scrub(begun);
    }
    ScrubState state = data(checks, begun, pace);
    long others = names(pace);
    checks.scrub(
        new ScrubState(
            0,
            state.files(),
            state.bytes(),
            others,
            Optional.empty(),
            Optional.of(clock.instant()),
            begun.begunAt()));
    LOG.log(
        Level.INFO,
        "{0} files ({1} bytes) were read again; {2} are damaged, {3} other findings",
        state.files(),
        state.bytes(),
        checks.damagedFiles(),
        others);
  }

  /** Every byte of every row that is left. */
  private ScrubState data(FileChecks checks, ScrubState begun, Pace pace)
      throws InterruptedIOException {
    CheckProgress progress = new CheckProgress();
    RowPass rows = new RowPass(checks, store.inspection(), CheckOptions.scrub(), pace, progress);
    ScrubState[] state = {begun};
    Instant[] noted = {clock.instant()};
    rows.run(
        begun.place(),
        PAGE,
        (number, suspects) -> {
          mark(checks, new Weighing(checks, store.inspection(), pace).weigh(suspects));
          state[0] =
              new ScrubState(
                  number,
                  begun.files() + progress.rows(),
                  begun.bytes() + progress.bytes(),
                  0,
                  begun.begunAt(),
                  begun.endedAt(),
                  begun.lastBegunAt());
          Instant now = clock.instant();
          if (Duration.between(noted[0], now).abs().compareTo(BETWEEN_NOTES) >= 0) {
            checks.scrub(state[0]);
            noted[0] = now;
          }
        });
    checks.scrub(state[0]);
    return state[0];
  }

  private void mark(FileChecks checks, List<Weighed> weighed) {
    Marks marks = new Marks(checks, clock);
    if (weighed.stream().anyMatch(Weighed::isLoss)) {
      store.expectPresent();
    }
    for (Weighed one : weighed) {
      Finding finding = one.finding();
      if (one.isLoss()) {
        tell(finding);
        marks.add(finding);
      } else if (finding.kind() == Finding.Kind.UNREADABLE) {
        LOG.log(Level.WARNING, "{0}: {1}", finding.storedAs(), finding.detail());
      } else if (finding.kind() == Finding.Kind.MARKED) {
        LOG.log(Level.INFO, "{0} is intact again", finding.storedAs());
        checks.unmark(List.of(finding.file()));
      }
    }
    marks.write();
  }

  /** The first of a run one by one: a folder that is gone must not push all else out of the log. */
  private void tell(Finding finding) {
    if (++lost <= MOST_LOGGED) {
      LOG.log(
          Level.ERROR, "{0} {1}: {2}", finding.kind().word(), finding.storedAs(), finding.detail());
    } else if (lost == MOST_LOGGED + 1) {
      LOG.log(
          Level.ERROR,
          "More than {0} stored files are missing or damaged; the Overview of the console counts"
              + " them, and acopio-server check names each",
          MOST_LOGGED);
    }
  }

  /** All that can be seen without reading files; returns how many findings are about no loss. */
  private long names(Pace pace) throws InterruptedIOException {
    CheckReport report =
        new Check(catalog, store, clock)
            .run(new CheckOptions(false, false, true, 1), pace, new CheckProgress(), false);
    List<Finding> others =
        report.findings().stream()
            .filter(one -> one.outcome() == Finding.Outcome.LEFT && !one.kind().isLoss())
            .toList();
    others.stream()
        .limit(MOST_LOGGED)
        .forEach(
            one ->
                LOG.log(
                    Level.WARNING,
                    "{0} {1}: {2}",
                    one.kind().word(),
                    one.storedAs(),
                    one.detail()));
    return others.size();
  }
}
