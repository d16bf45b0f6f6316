package org.acopio.session;

/**
 * Is told who comes and goes, in order, by a thread of the registry. A listener that is slow misses
 * some of it, one that throws only that one: who needs the whole asks {@link Sessions}.
 */
public interface SessionListener {
  /** A session began; it may be over by now. */
  void added(Session session);

  /** A session is over. */
  void ended(EndedSession session);
}
