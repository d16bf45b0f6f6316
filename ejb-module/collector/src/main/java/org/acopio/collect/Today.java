package org.acopio.collect;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.Totals;
import org.acopio.collect.Arrivals.Amount;
import org.acopio.media.MediaKind;

/**
 * Counts what is stored today: asks the catalog once, then adds what is committed. A day begins at
 * midnight in the clock's zone. Thread-safe.
 */
final class Today {
  private final Clock clock;
  private final Map<MediaKind, Amount> kinds = Arrivals.none();
  private LocalDate day;
  private Amount ever;

  Today(Catalog catalog, Clock clock) {
    this.clock = clock;
    day = LocalDate.now(clock);
    catalog
        .storedSince(day.atStartOfDay(clock.getZone()).toInstant())
        .forEach((type, totals) -> count(type, amount(totals)));
    ever = amount(catalog.totals());
  }

  private static Amount amount(Totals totals) {
    return new Amount(totals.files(), totals.bytes());
  }

  /** A file was committed. */
  synchronized void add(Instant storedAt, String mediaType, long bytes) {
    Amount one = new Amount(1, bytes);
    ever = ever.plus(one);
    turnTo(LocalDate.now(clock));
    if (LocalDate.ofInstant(storedAt, clock.getZone()).equals(day)) {
      count(mediaType, one);
    }
  }

  /** What there is until now. */
  synchronized Arrivals now() {
    turnTo(LocalDate.now(clock));
    return new Arrivals(day, kinds, ever);
  }

  private void turnTo(LocalDate now) {
    if (!now.equals(day)) {
      day = now;
      kinds.putAll(Arrivals.none());
    }
  }

  private void count(String mediaType, Amount amount) {
    MediaKind.of(mediaType).ifPresent(kind -> kinds.merge(kind, amount, Amount::plus));
  }
}
