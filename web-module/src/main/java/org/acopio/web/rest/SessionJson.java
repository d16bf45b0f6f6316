package org.acopio.web.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import org.acopio.catalog.PastSession;
import org.acopio.catalog.PastSessionQuery;
import org.acopio.session.Session;
import org.acopio.web.figures.Building;

/** Sessions as JSON. Fields may be added; those that are there keep name and meaning. */
final class SessionJson {
  private SessionJson() {}

  static JsonObject live(Session session) {
    return Building.object()
        .add("number", session.number())
        .add("kind", session.kind().word())
        .add("address", session.remoteAddress())
        .add("port", session.remotePort())
        .add("localPort", session.localPort())
        .add("opened", session.openedAt().toString())
        .add("seconds", seconds(session.age()))
        .add("messages", session.messages())
        .add("bytesRead", session.bytesRead())
        .add("bytesWritten", session.bytesWritten())
        .add("state", session.state().word())
        .add("detail", session.detail())
        .build();
  }

  static JsonObject past(PastSession session) {
    return Building.object()
        .add("number", session.number())
        .add("kind", session.kind())
        .add("address", session.remoteAddress())
        .add("port", session.remotePort())
        .add("localPort", session.localPort())
        .add("opened", session.openedAt().toString())
        .add("ended", session.endedAt().toString())
        .add("seconds", seconds(session.duration()))
        .add("messages", session.messages())
        .add("bytesRead", session.bytesRead())
        .add("bytesWritten", session.bytesWritten())
        .add("reason", session.reason())
        .add("detail", session.detail())
        .build();
  }

  /**
   * A page of live sessions.
   *
   * @param figures of all sessions
   * @param matching how many there are beyond the page too
   */
  static JsonObject page(JsonObjectBuilder figures, int matching, List<Session> sessions) {
    JsonArrayBuilder page = Building.array();
    sessions.forEach(session -> page.add(live(session)));
    return figures.add("matching", matching).add("sessions", page).build();
  }

  /**
   * A page of past sessions; a full one says with which {@code before} the next begins, or, in
   * another order than that of their ends, with which {@code offset}: {@code next}.
   */
  static JsonObject history(List<PastSession> sessions, PastSessionQuery wanted) {
    JsonArrayBuilder page = Building.array();
    sessions.forEach(session -> page.add(past(session)));
    JsonObjectBuilder answer = Building.object().add("sessions", page);
    if (sessions.size() == wanted.limit() && wanted.isNewestFirst()) {
      answer.add("before", sessions.get(sessions.size() - 1).number());
    } else if (sessions.size() == wanted.limit()) {
      answer.add("next", wanted.offset() + sessions.size());
    }
    return answer.build();
  }

  /** Whole milliseconds. */
  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
