package org.acopio.web.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.acopio.catalog.PastSession;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
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
   * @param matching how many there are beyond the page too
   */
  static JsonObject page(Map<SessionKind, Integer> counts, int matching, List<Session> sessions) {
    JsonObjectBuilder kinds = Building.object();
    counts.forEach((kind, count) -> kinds.add(kind.word(), count));
    JsonArrayBuilder page = Building.array();
    sessions.forEach(session -> page.add(live(session)));
    return Building.object()
        .add("kinds", kinds)
        .add("matching", matching)
        .add("sessions", page)
        .build();
  }

  /** A page of past sessions; a full one says with which {@code before} the next begins. */
  static JsonObject history(List<PastSession> sessions, int limit) {
    JsonArrayBuilder page = Building.array();
    sessions.forEach(session -> page.add(past(session)));
    JsonObjectBuilder answer = Building.object().add("sessions", page);
    if (sessions.size() == limit) {
      answer.add("before", sessions.get(limit - 1).number());
    }
    return answer.build();
  }

  /** Whole milliseconds. */
  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
