package org.acopio.web.figures;

import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import org.acopio.session.KindTotals;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;

/**
 * How many are connected, and two numbers by which somebody knows whether what they were told is
 * still so: {@code changes} for who comes and goes, {@code activity} for figures. Fields may be
 * added; those that are there keep name and meaning.
 */
public final class SessionFigures {
  private SessionFigures() {}

  /** Of this moment; looks at each live session. */
  public static JsonObjectBuilder of(Sessions sessions) {
    Map<SessionKind, Integer> counts = sessions.counts();
    JsonObjectBuilder kinds = Building.object();
    long activity = 0;
    int total = 0;
    for (Map.Entry<SessionKind, Integer> kind : counts.entrySet()) {
      KindTotals totals = sessions.totals(kind.getKey());
      activity += totals.messages() + totals.bytesRead() + totals.bytesWritten();
      kinds.add(kind.getKey().word(), kind.getValue());
      total += kind.getValue();
    }
    return Building.object()
        .add("changes", sessions.changes())
        .add("activity", activity)
        .add("total", total)
        .add("kinds", kinds);
  }
}
