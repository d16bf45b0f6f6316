package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of past sessions. Rows are written by the hundred and never changed. */
final class SessionRows {
  /** The most rows that one statement deletes: a lock is not held for long. */
  static final int DELETED_AT_ONCE = 5_000;

  private static final List<Column<PastSession>> COLUMNS =
      List.of(
          Column.text("kind", PastSession::kind),
          Column.text("remote_address", PastSession::remoteAddress),
          Column.int32("remote_port", PastSession::remotePort),
          Column.int32("local_port", PastSession::localPort),
          Column.int64("opened_seconds", row -> row.openedAt().getEpochSecond()),
          Column.int32("opened_nanos", row -> row.openedAt().getNano()),
          Column.int64("duration_seconds", row -> row.duration().getSeconds()),
          Column.int32("duration_nanos", row -> row.duration().getNano()),
          Column.int64("ended_seconds", row -> row.endedAt().getEpochSecond()),
          Column.int64("messages", PastSession::messages),
          Column.int64("bytes_read", PastSession::bytesRead),
          Column.int64("bytes_written", PastSession::bytesWritten),
          Column.text("reason", PastSession::reason),
          Column.text("detail", PastSession::detail));

  private static final String INSERT =
      "insert into session ("
          + Column.names(COLUMNS)
          + ") select * from "
          + Column.unnested(COLUMNS);

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
    Column.execute(entities, INSERT, COLUMNS, sessions);
  }

  List<PastSession> page(Optional<String> kind, long before, int limit) {
    return kind.map(only -> Rows.of(entities, PAGE_OF_KIND, before, only, limit))
        .orElseGet(() -> Rows.of(entities, PAGE, before, limit))
        .map(SessionRows::session)
        .toList();
  }

  /** Returns how many were deleted, at most {@value #DELETED_AT_ONCE}. */
  int deleteEndedBefore(Instant cutoff) {
    return Rows.query(entities, DELETE, cutoff.getEpochSecond()).executeUpdate();
  }

  private static PastSession session(Object[] row) {
    return new PastSession(
        Rows.number(row[0]),
        (String) row[1],
        (String) row[2],
        (int) Rows.number(row[3]),
        (int) Rows.number(row[4]),
        Instant.ofEpochSecond(Rows.number(row[5]), Rows.number(row[6])),
        Duration.ofSeconds(Rows.number(row[7]), Rows.number(row[8])),
        Rows.number(row[9]),
        Rows.number(row[10]),
        Rows.number(row[11]),
        (String) row[12],
        (String) row[13]);
  }
}
