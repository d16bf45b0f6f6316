package org.acopio.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.acopio.catalog.AuditEntry;
import org.acopio.catalog.AuditTable;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.Retention;

/**
 * Who did what, when, from where, to what, and how it ended. Lines are never changed; those that
 * are too old are forgotten. Thread-safe.
 */
public final class AuditLog {
  private static final Logger LOG = System.getLogger(AuditLog.class.getName());

  private final AuditTable table;
  private final Retention retention;
  private final Clock clock;

  public AuditLog(AuditTable table, Retention retention, Clock clock) {
    this.table = table;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Keeps one line. Never fails: while the catalog is away the line is in the server's log only,
   * since what was done cannot be undone for that.
   *
   * @param who the account
   * @param address from where; empty when unknown
   */
  public void add(String who, String address, Deed deed) {
    Instant now = clock.instant();
    AuditEntry entry =
        new AuditEntry(0, now, who, address, deed.code(), deed.target(), deed.result());
    try {
      table.add(entry);
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "only here, not in the audit log: {0} ({1})", entry, e.getMessage());
      return;
    }
    clean(now);
  }

  /** See {@link AuditTable#page}. */
  public List<AuditEntry> page(String code, String wanted, int first, int limit) {
    return table.page(code, wanted, first, limit);
  }

  /** See {@link AuditTable#count}. */
  public long count(String code, String wanted) {
    return table.count(code, wanted);
  }

  /** A log to which nothing is added has nothing new to forget, so this is soon enough. */
  private void clean(Instant now) {
    try {
      retention.cutoff(now).ifPresent(table::forget);
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "old lines are forgotten later: {0}", e.getMessage());
    }
  }
}
