package org.acopio.web.console.overview;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;
import org.acopio.web.figures.OverviewFigures;
import org.acopio.web.ports.PortFigures;

/** What the page shows as it changes. */
@ApplicationScoped
public class OverviewTopic implements LiveTopic {
  @EJB private Acopio acopio;
  @Inject private PortFigures ports;

  @Override
  public String name() {
    return "overview";
  }

  @Override
  public JsonObject snapshot() {
    return OverviewFigures.of(
        acopio.collector().progress(),
        ports.states(),
        acopio.sessions().counts(),
        acopio.scrubDays(),
        OverviewFigures.Extent.PAGE);
  }
}
