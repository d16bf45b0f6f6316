package org.acopio.web.console.sessions;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import org.acopio.server.Acopio;
import org.acopio.session.KindTotals;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.acopio.web.console.LiveTopic;

/**
 * How many are connected, and two numbers by which a page knows whether what it shows is still so:
 * {@code changes} for who comes and goes, {@code activity} for figures. Pages then ask for the rows
 * that they show, each its own.
 */
@ApplicationScoped
public class SessionsTopic implements LiveTopic {
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public JsonObject snapshot() {
    return snapshot(acopio.sessions());
  }

  static JsonObject snapshot(Sessions sessions) {
    Map<SessionKind, Integer> counts = sessions.counts();
    JsonObjectBuilder kinds = Json.createObjectBuilder();
    long activity = 0;
    int total = 0;
    for (Map.Entry<SessionKind, Integer> kind : counts.entrySet()) {
      KindTotals totals = sessions.totals(kind.getKey());
      activity += totals.messages() + totals.bytesRead() + totals.bytesWritten();
      kinds.add(kind.getKey().word(), kind.getValue());
      total += kind.getValue();
    }
    return Json.createObjectBuilder()
        .add("changes", sessions.changes())
        .add("activity", activity)
        .add("total", total)
        .add("kinds", kinds)
        .build();
  }
}
