package org.acopio.web.console.sessions;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;
import org.acopio.web.figures.SessionFigures;

/** What the page shows as it changes. Pages ask for the rows that they show, each its own. */
@ApplicationScoped
public class SessionsTopic implements LiveTopic {
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public JsonObject snapshot() {
    return SessionFigures.of(acopio.sessions()).build();
  }
}
