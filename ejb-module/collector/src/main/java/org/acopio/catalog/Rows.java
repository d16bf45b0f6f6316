package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Native questions, and the values in the rows that answer them. */
final class Rows {
  private Rows() {}

  /** The answer to a question with positional parameters. */
  static Stream<Object[]> of(EntityManager entities, String sql, Object... parameters) {
    return of(query(entities, sql, parameters));
  }

  /** The answer to a question; a row of one column is an array too. */
  static Stream<Object[]> of(Query query) {
    return ((List<?>) query.getResultList())
        .stream().map(row -> row instanceof Object[] many ? many : new Object[] {row});
  }

  static Query query(EntityManager entities, String sql, Object... parameters) {
    Query query = entities.createNativeQuery(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }

  /** A number that is there. */
  static long number(@Nullable Object column) {
    return ((Number) Objects.requireNonNull(column)).longValue();
  }

  /** A number that is there. */
  static int integer(@Nullable Object column) {
    return ((Number) Objects.requireNonNull(column)).intValue();
  }

  /** A number, or 0 where there is none. */
  static long int64(@Nullable Object column) {
    return column == null ? 0 : number(column);
  }

  /** A number, or 0 where there is none. */
  static int int32(@Nullable Object column) {
    return (int) int64(column);
  }

  /** An instant that is there. */
  static Instant moment(@Nullable Object seconds, @Nullable Object nanos) {
    return Instant.ofEpochSecond(number(seconds), number(nanos));
  }

  static Instant instant(Object seconds, Object nanos) {
    return Instant.ofEpochSecond(int64(seconds), int64(nanos));
  }
}
