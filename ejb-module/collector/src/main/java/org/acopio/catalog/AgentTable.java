package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.Sha256;

/**
 * Agents for those who administer them. Thread-safe; every method is one transaction and throws
 * {@link CatalogException} as those of {@link Catalog} do.
 */
public final class AgentTable {
  private static final String SELECT =
      """
      select number, id, host_name, version, first_seen_seconds, first_seen_nanos, \
      last_seen_seconds, last_seen_nanos, blocked from agent""";

  private static final String PAGE =
      SELECT + " order by last_seen_seconds desc, number desc limit ?1 offset ?2";

  private static final String ONE = SELECT + " where number = ?1";

  private final Asked reading;
  private final Asked writing;

  AgentTable(Asked reading, Asked writing) {
    this.reading = reading;
    this.writing = writing;
  }

  /**
   * A page of the agents, those seen last first.
   *
   * @param first how many to leave out, 0 or more
   * @param limit the most to return, at least 1
   */
  public List<AgentAccess> page(int first, int limit) {
    if (first < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 agent, not " + first + " and " + limit);
    }
    return reading.ask("list agents", entities -> read(entities, PAGE, limit, first));
  }

  public long count() {
    return reading.ask(
        "count agents",
        entities ->
            Rows.number(Rows.query(entities, "select count(*) from agent").getSingleResult()));
  }

  public Optional<AgentAccess> find(long number) {
    return reading.ask(
        "look for an agent", entities -> read(entities, ONE, number).stream().findFirst());
  }

  /** Lets an agent collect or not; false when there is none of this number. */
  public boolean block(long number, boolean blocked) {
    return writing.ask(
        "block or unblock an agent",
        entities ->
            Rows.query(entities, "update agent set blocked = ?2 where number = ?1", number, blocked)
                    .executeUpdate()
                == 1);
  }

  /** Whether the agent with this id may not collect; false when it was never here. */
  public boolean isBlocked(Sha256 id) {
    return reading.ask(
        "look whether an agent is blocked",
        entities ->
            Rows.of(entities, "select blocked from agent where id = ?1", (Object) id.bytes())
                .anyMatch(row -> Boolean.TRUE.equals(row[0])));
  }

  private static List<AgentAccess> read(EntityManager entities, String sql, Object... parameters) {
    return Rows.of(entities, sql, parameters).map(AgentTable::agent).toList();
  }

  private static AgentAccess agent(Object[] row) {
    return new AgentAccess(
        Rows.number(row[0]),
        Sha256.of((byte[]) row[1]),
        (String) row[2],
        (String) row[3],
        Instant.ofEpochSecond(Rows.number(row[4]), Rows.number(row[5])),
        Instant.ofEpochSecond(Rows.number(row[6]), Rows.number(row[7])),
        Boolean.TRUE.equals(row[8]));
  }
}
