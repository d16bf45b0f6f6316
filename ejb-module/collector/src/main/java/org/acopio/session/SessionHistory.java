package org.acopio.session;

import java.util.List;

/**
 * Keeps what remains of ended sessions. One thread calls it, never that of a connection; it may
 * take its time.
 */
public interface SessionHistory {
  /** Keeps nothing. */
  SessionHistory NONE = ended -> true;

  /**
   * Keeps these sessions, all or none. Returns {@code false} when it cannot at present, and the
   * same sessions should be brought again a little later; throws when they can never be kept.
   */
  boolean keep(List<EndedSession> ended);
}
