package org.acopio.check;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param rows how many rows were compared
 * @param readFiles how many files were read; the same bytes under several names count once
 * @param readBytes how many bytes these had
 * @param took how long it took
 * @param findings in the order of finding; at most {@value Check#MOST_FINDINGS}
 * @param unlisted how many more there were, that were not mended
 */
public record CheckReport(
    long rows,
    long readFiles,
    long readBytes,
    Duration took,
    List<Finding> findings,
    long unlisted) {

  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** How many findings nobody has mended. */
  public long left() {
    return unlisted
        + findings.stream().filter(one -> one.outcome() != Finding.Outcome.MENDED).count();
  }

  /** How many findings there are of each kind; kinds without any are left out. */
  public Map<Finding.Kind, Long> counts() {
    Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
    findings.forEach(one -> counts.merge(one.kind(), 1L, Long::sum));
    return counts;
  }
}
