package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;

/**
 * The catalog's audit log: lines are added and, when they are old, forgotten; never changed.
 * Thread-safe; every method is one transaction and throws {@link CatalogException} as those of
 * {@link Catalog} do.
 */
public final class AuditTable {
  /** The most rows that one statement deletes: a lock is not held for long. */
  static final int DELETED_AT_ONCE = 5_000;

  private static final int MAX_WANTED = 100;

  private static final String INSERT =
      """
      insert into audit (at_seconds, at_nanos, who, address, code, target, result) \
      values (?1, ?2, ?3, ?4, ?5, ?6, ?7)""";

  private static final String MATCHING =
      """
       from audit where (?1 = '' or code = ?1 or code like ?2) and (?3 = '%%' \
      or lower(who) like ?3 escape '!' or address like ?3 escape '!' \
      or lower(target) like ?3 escape '!')""";

  private static final String PAGE =
      "select number, at_seconds, at_nanos, who, address, code, target, result"
          + MATCHING
          + " order by number desc limit ?4 offset ?5";

  private static final String COUNT = "select count(*)" + MATCHING;

  private static final String DELETE =
      "delete from audit where number in (select a.number from audit a"
          + " where a.at_seconds < ?1 order by a.at_seconds limit "
          + DELETED_AT_ONCE
          + ")";

  private final Transactions transactions;

  AuditTable(Transactions transactions) {
    this.transactions = transactions;
  }

  public void add(AuditEntry entry) {
    transactions.run(
        "write the audit log",
        entities ->
            Rows.query(
                    entities,
                    INSERT,
                    entry.at().getEpochSecond(),
                    entry.at().getNano(),
                    entry.who(),
                    entry.address(),
                    entry.code(),
                    entry.target(),
                    entry.result())
                .executeUpdate());
  }

  /**
   * A page of the log, newest first.
   *
   * @param code only this code and those below it ({@code login} has {@code login.failed} too); all
   *     when empty
   * @param wanted text that account, address or target must have, whatever its case; all when empty
   * @param first how many lines to leave out, 0 or more
   * @param limit the most lines to return, at least 1
   */
  public List<AuditEntry> page(String code, String wanted, int first, int limit) {
    if (first < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "a page begins at 0 or later and has at least 1 line, not " + first + " and " + limit);
    }
    return transactions.run(
        "read the audit log",
        entities -> {
          List<?> rows = matching(entities, PAGE, code, wanted, limit, first).getResultList();
          return rows.stream().map(row -> entry((Object[]) row)).toList();
        });
  }

  /** How many lines all pages have. */
  public long count(String code, String wanted) {
    return transactions.run(
        "count the audit log",
        entities -> Rows.number(matching(entities, COUNT, code, wanted).getSingleResult()));
  }

  /** Forgets what was done before {@code cutoff}; returns how many lines those were. */
  public long forget(Instant cutoff) {
    long forgotten = 0;
    int some;
    do {
      some =
          transactions.run(
              "forget old lines of the audit log",
              entities -> Rows.query(entities, DELETE, cutoff.getEpochSecond()).executeUpdate());
      forgotten += some;
    } while (some == DELETED_AT_ONCE);
    return forgotten;
  }

  private static Query matching(
      EntityManager entities, String sql, String code, String wanted, Object... more) {
    String kind = DisplayText.clean(code, AuditEntry.MAX_WORD);
    Query query = Rows.query(entities, sql, kind, kind + ".%", pattern(wanted));
    for (int i = 0; i < more.length; i++) {
      query.setParameter(4 + i, more[i]);
    }
    return query;
  }

  private static String pattern(String wanted) {
    return LikePattern.containing(DisplayText.clean(wanted.strip(), MAX_WANTED));
  }

  private static AuditEntry entry(Object[] row) {
    return new AuditEntry(
        Rows.number(row[0]),
        Instant.ofEpochSecond(Rows.number(row[1]), Rows.number(row[2])),
        (String) row[3],
        (String) row[4],
        (String) row[5],
        (String) row[6],
        (String) row[7]);
  }
}
