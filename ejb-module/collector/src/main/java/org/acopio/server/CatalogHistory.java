package org.acopio.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.PastSession;
import org.acopio.catalog.Retention;
import org.acopio.session.EndedSession;
import org.acopio.session.SessionHistory;

/**
 * Keeps ended sessions in the catalog, and forgets those that are too old. For one thread at a
 * time.
 */
final class CatalogHistory implements SessionHistory {
  private static final Logger LOG = System.getLogger(CatalogHistory.class.getName());

  private final Catalog catalog;
  private final Retention retention;
  private final Clock clock;
  private boolean away;

  /**
   * @param days after how many days a session is forgotten; 0 is never
   */
  CatalogHistory(Catalog catalog, int days, Clock clock) {
    this.catalog = catalog;
    retention = catalog.retention("history of sessions", days);
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
    try {
      Optional<Instant> cutoff = retention.cutoff(clock.instant());
      long forgotten = cutoff.map(catalog::forgetSessions).orElse(0L);
      if (forgotten > 0) {
        LOG.log(Level.INFO, "forgot {0} sessions older than {1} days", forgotten, retention.days());
      }
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "old sessions are forgotten later: {0}", e.getMessage());
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
