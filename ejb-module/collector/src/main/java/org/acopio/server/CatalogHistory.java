package org.acopio.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.PastSession;
import org.acopio.session.EndedSession;
import org.acopio.session.SessionHistory;

/**
 * Keeps ended sessions in the catalog, and once a day forgets those that are too old. For one
 * thread at a time.
 */
final class CatalogHistory implements SessionHistory {
  private static final Logger LOG = System.getLogger(CatalogHistory.class.getName());
  private static final Duration BETWEEN_CLEANINGS = Duration.ofDays(1);

  private final Catalog catalog;
  private final int days;
  private final Clock clock;
  private Instant nextCleaning = Instant.MIN;
  private boolean away;

  /**
   * @param days after how many days a session is forgotten; 0 is never
   */
  CatalogHistory(Catalog catalog, int days, Clock clock) {
    this.catalog = catalog;
    this.days = days;
    this.clock = clock;
  }

  @Override
  public boolean keep(List<EndedSession> ended) {
    try {
      catalog.addPastSessions(ended.stream().map(CatalogHistory::past).toList());
      clean();
    } catch (CatalogException e) {
      if (!e.retryable()) {
        throw e;
      }
      if (!away) {
        LOG.log(Level.WARNING, "the history of sessions waits: {0}", e.getMessage());
      }
      away = true;
      return false;
    }
    away = false;
    return true;
  }

  /** A server without sessions has nothing new to forget, so this is soon enough. */
  private void clean() {
    Instant now = clock.instant();
    if (days == 0 || now.isBefore(nextCleaning)) {
      return;
    }
    nextCleaning = now.plus(BETWEEN_CLEANINGS);
    try {
      long forgotten = catalog.forgetSessions(now.minus(Duration.ofDays(days)));
      if (forgotten > 0) {
        LOG.log(Level.INFO, "forgot {0} sessions older than {1} days", forgotten, days);
      }
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "old sessions are forgotten tomorrow: {0}", e.getMessage());
    }
  }

  private static PastSession past(EndedSession session) {
    return new PastSession(
        0,
        session.kind().word(),
        session.remoteAddress(),
        session.remotePort(),
        session.localPort(),
        session.openedAt(),
        session.duration(),
        session.messages(),
        session.bytesRead(),
        session.bytesWritten(),
        session.reason().word(),
        session.detail());
  }
}
