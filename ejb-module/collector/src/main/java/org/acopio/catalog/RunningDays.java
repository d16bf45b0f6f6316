package org.acopio.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a server ran, by its clock, so that a time which the clock shows for a short
 * while only is not believed. There are 366 rows a year at most, and they stay.
 *
 * <p>As safe as {@link Catalog}, and fails as it does. The last note may be lost when the power
 * goes; then less is trusted.
 */
public final class RunningDays {
  /** How long ago a time must have been noted to be trusted. */
  public static final Duration PROBATION = Duration.ofDays(1);

  private static final String AHEAD = "delete from running_day where seen_seconds > ?1";

  private static final String KNOWN = "select count(*) from running_day where day_number = ?1";

  private static final String INSERT =
      "insert into running_day (day_number, seen_seconds) values (?1, ?2)";

  private static final String LATEST =
      "select max(seen_seconds) from running_day where seen_seconds <= ?1";

  private final Asked asked;

  RunningDays(Asked asked) {
    this.asked = asked;
  }

  /**
   * Notes that a server runs now, once for each day in UTC; repeating it is harmless. Of notes that
   * are ahead of {@code now} and {@code now} itself one must be wrong: those are dropped, so that a
   * clock that goes wrong again later does not find its own words.
   */
  public void note(Instant now) {
    long second = now.getEpochSecond();
    long day = Math.floorDiv(second, Duration.ofDays(1).toSeconds());
    asked.ask(
        "note the day",
        entities -> {
          Rows.query(entities, AHEAD, second).executeUpdate();
          boolean known = Rows.number(Rows.query(entities, KNOWN, day).getSingleResult()) > 0;
          return known || Rows.query(entities, INSERT, day, second).executeUpdate() > 0;
        });
  }

  /**
   * The time up to which things may have become old: the latest that was noted at least a day
   * before {@code now}, in whole seconds. On a server that runs every day that is one to two days
   * ago; after a longer stop, or after the clock was set ahead, it is a time before that until a
   * day has passed. Empty when there is none, and then nothing is old.
   */
  public Optional<Instant> trusted(Instant now) {
    long latest = now.minus(PROBATION).getEpochSecond();
    return asked.ask(
        "look which time is trusted",
        entities -> second(Rows.query(entities, LATEST, latest).getSingleResult()));
  }

  private static Optional<Instant> second(@Nullable Object column) {
    return Optional.ofNullable(column).map(Rows::number).map(Instant::ofEpochSecond);
  }
}
