package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.acopio.catalog.CatalogException;

/**
 * Has each day noted on which the server runs, with one question to the catalog a day, and one a
 * minute while the catalog does not take it. Thread-safe.
 */
final class DayNotes {
  private static final Logger LOG = System.getLogger(DayNotes.class.getName());
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Consumer<Instant> catalog;
  private final Clock clock;
  private final LongSupplier nanos;
  private LocalDate noted = LocalDate.MIN;
  private Optional<Long> failedAt = Optional.empty();

  /**
   * @param catalog takes the note of a day, and may throw {@link CatalogException}
   */
  DayNotes(Consumer<Instant> catalog, Clock clock, LongSupplier nanos) {
    this.catalog = catalog;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** To be called often. Never fails; waits for the catalog where there is something to note. */
  synchronized void look() {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (today.equals(noted) || pauses()) {
      return;
    }
    try {
      catalog.accept(now);
      noted = today;
      failedAt = Optional.empty();
    } catch (CatalogException e) {
      failedAt = Optional.of(nanos.getAsLong());
      LOG.log(Level.DEBUG, "the day is noted later: {0}", e.getMessage());
    }
  }

  private boolean pauses() {
    return failedAt.filter(at -> nanos.getAsLong() - at < PAUSE_NANOS).isPresent();
  }
}
