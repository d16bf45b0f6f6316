package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Instant;

/** How often which agent collected from which address. */
final class VisitRows {
  private static final String AGAIN =
      """
      update visit set collections = collections + 1, last_seen_seconds = ?1, last_seen_nanos = ?2 \
      where agent = ?3 and client = ?4""";

  private static final String FIRST =
      """
      insert into visit (agent, client, collections, last_seen_seconds, last_seen_nanos) \
      values (?1, ?2, 1, ?3, ?4)""";

  private final EntityManager entities;

  VisitRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Counts a collection. Where two are the first at once, the transaction of one is done anew. */
  void opened(long agent, long client, Instant at) {
    int changed =
        Rows.query(entities, AGAIN, at.getEpochSecond(), at.getNano(), agent, client)
            .executeUpdate();
    if (changed == 0) {
      Rows.query(entities, FIRST, agent, client, at.getEpochSecond(), at.getNano()).executeUpdate();
    }
  }
}
