package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Native questions, and the values in the rows that answer them. */
final class Rows {
  private Rows() {}

  /** The answer to a question with positional parameters. */
  static Stream<Object[]> of(EntityManager entities, String sql, Object... parameters) {
    return ((List<?>) query(entities, sql, parameters).getResultList())
        .stream().map(row -> row instanceof Object[] many ? many : new Object[] {row});
  }

  static Query query(EntityManager entities, String sql, Object... parameters) {
    Query query = entities.createNativeQuery(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }

  static long int64(@Nullable Object column) {
    return column == null ? 0 : ((Number) column).longValue();
  }

  static int int32(@Nullable Object column) {
    return (int) int64(column);
  }

  static Instant instant(Object seconds, Object nanos) {
    return Instant.ofEpochSecond(int64(seconds), int64(nanos));
  }
}
