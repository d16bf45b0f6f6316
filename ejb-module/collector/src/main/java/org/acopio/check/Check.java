package org.acopio.check;

import static org.acopio.check.Finding.Kind.VERSION_GAP;

import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.FileChecks;
import org.acopio.catalog.Totals;
import org.acopio.catalog.VersionGap;
import org.acopio.check.CheckProgress.Phase;
import org.acopio.check.StorePass.InStore;
import org.acopio.check.Weighing.Weighed;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.Inspection;
import org.acopio.storage.Inspection.Pace;
import org.acopio.storage.RepairReport;

/**
 * Compares catalog and store, while files may come in; two checks of one store do not run side by
 * side. Fails with {@link org.acopio.catalog.CatalogException} when the catalog is away; what the
 * disk does not give is a finding.
 */
public final class Check {
  /** How many findings are listed; a store that has more has one trouble, not so many. */
  static final int MOST_FINDINGS = 100_000;

  private static final int MOST_GAPS = 1_000;

  private final Catalog catalog;
  private final DiskStorage store;
  private final Clock clock;

  public Check(Catalog catalog, DiskStorage store, Clock clock) {
    this.catalog = catalog;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Does a whole check.
   *
   * @param pace is told of every piece read, and of every row and file; it may wait, or give up
   * @param alone whether no server uses the store, so that what a killed one left can be told
   * @throws InterruptedIOException when the pace gives up, or the thread is interrupted; what was
   *     mended by then stays
   */
  public CheckReport run(CheckOptions options, Pace pace, CheckProgress progress, boolean alone)
      throws InterruptedIOException {
    long begun = System.nanoTime();
    store.expectPresent();
    FileChecks checks = catalog.checks();
    Inspection inspection = store.inspection();
    Totals totals = catalog.totals();
    progress.expect(totals.files(), totals.bytes());

    RowPass rows = new RowPass(checks, inspection, options, pace, progress);
    List<Suspect> suspects = rows.run();
    progress.enter(Phase.STORE);
    StorePass inStore = new StorePass(checks, inspection, rows, pace);
    List<InStore> others = inStore.run();
    progress.enter(Phase.WEIGH);
    List<Weighed> weighed = new Weighing(checks, inspection, pace).weigh(suspects);
    List<Finding> findings = new ArrayList<>();
    if (alone) {
      findings.addAll(left(options, inStore));
    }
    for (VersionGap gap : checks.versionGaps(MOST_GAPS)) {
      findings.add(gap(gap));
    }
    if (options.repair()) {
      expectStore(weighed);
      progress.enter(Phase.REPAIR);
      findings.addAll(
          new Repair(checks, inspection, store.mending(), pace, clock).mend(weighed, others));
    } else {
      if (options.mark()) {
        mark(checks, weighed);
      }
      weighed.forEach(one -> findings.add(one.finding()));
      others.forEach(one -> findings.add(one.finding()));
    }
    progress.enter(Phase.DONE);
    int most = Math.min(findings.size(), MOST_FINDINGS);
    return new CheckReport(
        progress.rows(),
        progress.files(),
        progress.bytes(),
        Duration.ofNanos(System.nanoTime() - begun),
        findings.subList(0, most),
        findings.stream()
            .skip(most)
            .filter(one -> one.outcome() != Finding.Outcome.MENDED)
            .count());
  }

  /** A disk that went away is one trouble, and not that of each of its files. */
  private void expectStore(List<Weighed> weighed) {
    if (weighed.stream().anyMatch(Weighed::isLoss)) {
      store.expectPresent();
    }
  }

  private void mark(FileChecks checks, List<Weighed> weighed) {
    Marks marks = new Marks(checks, clock);
    expectStore(weighed);
    for (Weighed one : weighed) {
      if (one.isLoss()) {
        marks.add(one.finding());
      } else if (one.finding().kind() == Finding.Kind.MARKED) {
        checks.unmark(List.of(one.finding().file()));
      }
    }
    marks.write();
  }

  /** What a start of the server would settle. */
  private List<Finding> left(CheckOptions options, StorePass inStore) {
    List<Finding> left = inStore.leftByCrash();
    if (!options.repair() || left.isEmpty()) {
      return left;
    }
    RepairReport report =
        store.repair(
            numbers -> catalog.committed(numbers).keySet(),
            catalog.runningDays().trusted(clock.instant()));
    String done = "settled, as a start does: " + report;
    return left.stream().map(one -> one.with(Finding.Outcome.MENDED, done)).toList();
  }

  private static Finding gap(VersionGap gap) {
    return Finding.of(
        VERSION_GAP,
        gap.file(),
        "",
        "its path has %d versions and the newest is %d".formatted(gap.versions(), gap.newest()));
  }
}
