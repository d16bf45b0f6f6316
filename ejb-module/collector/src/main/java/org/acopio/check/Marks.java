package org.acopio.check;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.acopio.catalog.Damage;
import org.acopio.catalog.FileChecks;

/** Notes in the catalog which files are not to be had, so that nobody is told that they are. */
final class Marks {
  static final String WHAT = "marked: when its agent offers it again, it is sent again";

  private static final int AT_ONCE = 1_000;

  private final FileChecks checks;
  private final Clock clock;
  private final List<Damage> waiting = new ArrayList<>();

  Marks(FileChecks checks, Clock clock) {
    this.checks = checks;
    this.clock = clock;
  }

  Finding add(Finding finding) {
    Instant now = clock.instant();
    waiting.add(new Damage(finding.file(), finding.kind().word(), finding.detail(), now));
    if (waiting.size() == AT_ONCE) {
      write();
    }
    return finding;
  }

  void write() {
    checks.mark(waiting);
    waiting.clear();
  }
}
