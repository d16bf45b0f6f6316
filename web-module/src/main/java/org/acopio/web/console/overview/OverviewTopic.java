package org.acopio.web.console.overview;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import org.acopio.endpoint.Endpoints;
import org.acopio.server.Acopio;
import org.acopio.web.console.LiveTopic;
import org.acopio.web.figures.OverviewFigures;

/** What the page shows as it changes. */
@ApplicationScoped
public class OverviewTopic implements LiveTopic {
  private final Endpoints endpoints = new Endpoints();
  @EJB private Acopio acopio;

  @Override
  public String name() {
    return "overview";
  }

  @Override
  public JsonObject snapshot() {
    return OverviewFigures.of(
        acopio.collector().progress(),
        endpoints.all(),
        acopio.sessions().counts(),
        acopio.scrubDays(),
        OverviewFigures.Extent.PAGE);
  }
}
