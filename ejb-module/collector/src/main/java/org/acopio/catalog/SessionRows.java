package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
      from session where number < ?""";

  /** As {@code SessionQuery} shows the place of a live session. */
  private static final String TEXT =
      """
       and (case when remote_address like '%:%' then '[' || lower(remote_address) || ']' \
      else lower(remote_address) end || ':' || cast(remote_port as varchar(5)) like ? escape '!' \
      or ':' || cast(local_port as varchar(5)) like ? escape '!' \
      or lower(detail) like ? escape '!')""";

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

  List<PastSession> page(PastSessionQuery wanted) {
    StringBuilder sql = new StringBuilder(SELECT);
    List<Object> values = new ArrayList<>(List.of(wanted.before()));
    wanted
        .kind()
        .ifPresent(
            only -> {
              sql.append(" and kind = ?");
              values.add(only);
            });
    if (wanted.endedFrom() > Long.MIN_VALUE) {
      sql.append(" and ended_seconds >= ?");
      values.add(wanted.endedFrom());
    }
    if (wanted.endedTo() < Long.MAX_VALUE) {
      sql.append(" and ended_seconds <= ?");
      values.add(wanted.endedTo());
    }
    if (!wanted.text().isEmpty()) {
      sql.append(TEXT);
      values.addAll(Collections.nCopies(3, LikePattern.containing(wanted.text())));
    }
    sql.append(" order by ")
        .append(wanted.order().column())
        .append(wanted.descending() ? " desc" : " asc")
        .append(wanted.order() == PastSessionQuery.Order.ENDED ? "" : ", number desc")
        .append(" limit ? offset ?");
    values.add(wanted.limit());
    values.add(wanted.offset());
    return Rows.of(entities, numbered(sql), values.toArray()).map(SessionRows::session).toList();
  }

  /** JPA has no parameters without a number (Jakarta Persistence 3.1, 3.10.13). */
  private static String numbered(CharSequence sql) {
    StringBuilder numbered = new StringBuilder();
    int number = 0;
    for (int i = 0; i < sql.length(); i++) {
      numbered.append(sql.charAt(i));
      if (sql.charAt(i) == '?') {
        numbered.append(++number);
      }
    }
    return numbered.toString();
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
