package org.acopio.session;

import java.util.List;

/**
 * A page of live sessions.
 *
 * @param matching how many the query has, beyond the page too
 * @param sessions those of the page
 */
public record SessionPage(int matching, List<Session> sessions) {
  public SessionPage {
    sessions = List.copyOf(sessions);
  }
}
