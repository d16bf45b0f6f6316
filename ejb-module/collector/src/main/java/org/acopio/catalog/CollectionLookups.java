package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Claim.Ending;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.Sha256;

/** The questions to the table of collections. */
final class CollectionLookups {
  private static final String SELECT =
      """
      select c.number, c.agent, a.id, a.host_name, l.address, c.opened_seconds, c.opened_nanos, \
      c.closed_seconds, c.closed_nanos, c.stored, c.stored_bytes, c.had, c.refused, \
      c.received_bytes, c.left_open, c.duration_seconds, c.duration_nanos, \
      k.ending, k.proven, k.proven_bytes, k.unproven, k.unproven_bytes \
      from collection c join agent a on a.number = c.agent join client l on l.number = c.client \
      left join claim k on k.collection = c.number where c.number\s""";

  private final EntityManager entities;

  CollectionLookups(EntityManager entities) {
    this.entities = entities;
  }

  List<PastCollection> page(Optional<Long> agent, Optional<Long> client, long before, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append("< ?");
    List<Object> parameters = new ArrayList<>(List.of(before));
    agent.ifPresent(
        number -> {
          sql.append(" and c.agent = ?");
          parameters.add(number);
        });
    client.ifPresent(
        number -> {
          sql.append(" and c.client = ?");
          parameters.add(number);
        });
    sql.append(" order by c.number desc limit ?");
    parameters.add(limit);
    return Rows.of(entities, sql.toString(), parameters.toArray())
        .map(CollectionLookups::collection)
        .toList();
  }

  Optional<PastCollection> one(long number) {
    return Rows.of(entities, SELECT + "= ?", number).map(CollectionLookups::collection).findFirst();
  }

  private static PastCollection collection(Object[] row) {
    boolean closed = row[7] != null;
    return new PastCollection(
        Rows.int64(row[0]),
        Rows.int64(row[1]),
        Sha256.of((byte[]) row[2]),
        (String) row[3],
        (String) row[4],
        Rows.instant(row[5], row[6]),
        closed ? Optional.<Instant>of(Rows.instant(row[7], row[8])) : Optional.empty(),
        closed ? Optional.of(summary(row)) : Optional.empty(),
        row[17] == null ? Optional.empty() : Optional.of(claim(row)));
  }

  private static CollectionSummary summary(Object[] row) {
    return new CollectionSummary(
        Rows.int64(row[9]),
        Rows.int64(row[10]),
        Rows.int64(row[11]),
        Rows.int64(row[12]),
        Rows.int64(row[13]),
        Rows.int64(row[14]),
        Duration.ofSeconds(Rows.int64(row[15]), Rows.int64(row[16])));
  }

  private static Claim claim(Object[] row) {
    return new Claim(
        Ending.of((String) row[17]),
        new Totals(Rows.int64(row[18]), Rows.int64(row[19])),
        new Totals(Rows.int64(row[20]), Rows.int64(row[21])));
  }
}
