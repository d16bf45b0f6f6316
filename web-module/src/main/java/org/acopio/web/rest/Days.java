package org.acopio.web.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** Days and moments out of a query, with an answer for what is neither. */
final class Days {
  private Days() {}

  /** The parameter's first second, or {@code otherwise} when it is not given. */
  static long from(String name, @Nullable String given, ZoneId zone, long otherwise) {
    return given == null || given.isEmpty() ? otherwise : second(name, given, zone, false);
  }

  /** The parameter's last second, or {@code otherwise} when it is not given. */
  static long to(String name, @Nullable String given, ZoneId zone, long otherwise) {
    return given == null || given.isEmpty() ? otherwise : second(name, given, zone, true);
  }

  /** A day stands for its first second, or for its last. */
  private static long second(String name, String given, ZoneId zone, boolean last) {
    try {
      if (given.length() > 10) {
        return Instant.parse(given).getEpochSecond();
      }
      LocalDate day = LocalDate.parse(given);
      return last
          ? day.plusDays(1).atStartOfDay(zone).toEpochSecond() - 1
          : day.atStartOfDay(zone).toEpochSecond();
    } catch (DateTimeException e) {
      throw new ProblemException(Trouble.NOT_A_DAY, name, given);
    }
  }
}
