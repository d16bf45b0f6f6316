package org.acopio.catalog;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * For how many days one kind of thing is kept, and whether it is time to forget what is older. Age
 * counts up to a time that {@linkplain RunningDays#trusted is trusted}, so nothing is forgotten too
 * early because the clock goes wrong for less than a day. Thread-safe.
 */
public final class Retention {
  private static final Duration BETWEEN = Duration.ofHours(1);

  /** Longer than a weekend on which nobody needs a server. */
  private static final Duration TOLD = Duration.ofDays(4);

  private static final Logger LOG = System.getLogger(Retention.class.getName());

  private final RunningDays running;
  private final String what;
  private final int days;
  private final AtomicReference<Instant> asked = new AtomicReference<>(Instant.MIN);
  private final AtomicBoolean told = new AtomicBoolean();

  Retention(RunningDays running, String what, int days) {
    this.running = running;
    this.what = what;
    this.days = days;
  }

  /** After how many days it is forgotten; 0 is never. */
  public int days() {
    return days;
  }

  /**
   * The time before which everything is to be forgotten now; empty when there is nothing to do,
   * which is so for an hour after each call. Throws {@link CatalogException} as {@link Catalog}
   * does, and then is asked again after an hour, too.
   */
  public Optional<Instant> cutoff(Instant now) {
    Instant before = asked.get();
    // The clock may have been set back since.
    boolean lately = Duration.between(before, now).abs().compareTo(BETWEEN) < 0;
    if (days == 0 || lately || !asked.compareAndSet(before, now)) {
      return Optional.empty();
    }
    Optional<Instant> trusted = running.trusted(now);
    trusted.ifPresent(time -> tell(time, now));
    return trusted.map(time -> time.minus(Duration.ofDays(days)));
  }

  private void tell(Instant trusted, Instant now) {
    boolean ordinary = Duration.between(trusted, now).compareTo(TOLD) <= 0;
    if (ordinary) {
      told.set(false);
    } else if (!told.getAndSet(true)) {
      LOG.log(
          Level.INFO,
          "the server has not known the time {0} for a day yet: until then the {1} is forgotten by"
              + " its age at {2}",
          now,
          what,
          trusted);
    }
  }
}
