package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The table of past sessions. Rows are written by the hundred and never changed. */
final class SessionRows {
  /** The most rows that one statement deletes: a lock is not held for long. */
  static final int DELETED_AT_ONCE = 5_000;

  private record Column(
      String name, String type, IntFunction<Object[]> array, Function<PastSession, Object> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          text("kind", PastSession::kind),
          text("remote_address", PastSession::remoteAddress),
          int32("remote_port", PastSession::remotePort),
          int32("local_port", PastSession::localPort),
          int64("opened_seconds", row -> row.openedAt().getEpochSecond()),
          int32("opened_nanos", row -> row.openedAt().getNano()),
          int64("duration_seconds", row -> row.duration().getSeconds()),
          int32("duration_nanos", row -> row.duration().getNano()),
          int64("ended_seconds", row -> row.endedAt().getEpochSecond()),
          int64("messages", PastSession::messages),
          int64("bytes_read", PastSession::bytesRead),
          int64("bytes_written", PastSession::bytesWritten),
          text("reason", PastSession::reason),
          text("detail", PastSession::detail));

  private static final String NAMES =
      COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));

  private static final String INSERT =
      "insert into session ("
          + NAMES
          + ") select * from unnest("
          + COLUMNS.stream()
              .map(column -> "cast(? as " + column.type + " array)")
              .collect(Collectors.joining(", "))
          + ")";

  private static final String SELECT =
      """
      select number, kind, remote_address, remote_port, local_port, opened_seconds, opened_nanos, \
      duration_seconds, duration_nanos, messages, bytes_read, bytes_written, reason, detail \
      from session where number < ?1""";

  private static final String PAGE = SELECT + " order by number desc limit ?2";

  private static final String PAGE_OF_KIND =
      SELECT + " and kind = ?2 order by number desc limit ?3";

  private static final String DELETE =
      "delete from session where number in (select s.number from session s"
          + " where s.ended_seconds < ?1 order by s.ended_seconds limit "
          + DELETED_AT_ONCE
          + ")";

  private final EntityManager entities;

  SessionRows(EntityManager entities) {
    this.entities = entities;
  }

  void insert(List<PastSession> sessions) {
    Query insert = entities.createNativeQuery(INSERT);
    int position = 0;
    for (Column column : COLUMNS) {
      Object[] values = sessions.stream().map(column.value).toArray(column.array);
      insert.setParameter(++position, values);
    }
    insert.executeUpdate();
  }

  List<PastSession> page(Optional<String> kind, long before, int limit) {
    Query query =
        kind.map(only -> query(PAGE_OF_KIND, before, only, limit))
            .orElseGet(() -> query(PAGE, before, limit));
    return ((List<?>) query.getResultList()).stream().map(row -> session((Object[]) row)).toList();
  }

  /** Returns how many were deleted, at most {@value #DELETED_AT_ONCE}. */
  int deleteEndedBefore(Instant cutoff) {
    return query(DELETE, cutoff.getEpochSecond()).executeUpdate();
  }

  private Query query(String sql, Object... parameters) {
    Query query = entities.createNativeQuery(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }

  private static PastSession session(Object[] row) {
    return new PastSession(
        number(row[0]),
        (String) row[1],
        (String) row[2],
        (int) number(row[3]),
        (int) number(row[4]),
        Instant.ofEpochSecond(number(row[5]), number(row[6])),
        Duration.ofSeconds(number(row[7]), number(row[8])),
        number(row[9]),
        number(row[10]),
        number(row[11]),
        (String) row[12],
        (String) row[13]);
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }

  private static Column int64(String name, Function<PastSession, Object> value) {
    return new Column(name, "bigint", Long[]::new, value);
  }

  private static Column int32(String name, Function<PastSession, Object> value) {
    return new Column(name, "integer", Integer[]::new, value);
  }

  private static Column text(String name, Function<PastSession, Object> value) {
    return new Column(name, "varchar", String[]::new, value);
  }
}
