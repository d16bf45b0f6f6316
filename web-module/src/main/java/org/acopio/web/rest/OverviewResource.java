package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.server.Acopio;
import org.acopio.web.figures.OverviewFigures;
import org.acopio.web.ports.PortFigures;

/** {@code GET /api/overview}: how the server is doing, in figures. */
@Path("overview")
@RequestScoped
public class OverviewResource {
  @EJB private Acopio acopio;
  @Inject private PortFigures ports;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject overview() {
    return OverviewFigures.of(
        acopio.collector().progress(),
        ports.states(),
        acopio.sessions().counts(),
        acopio.scrubDays(),
        OverviewFigures.Extent.ALL);
  }
}
