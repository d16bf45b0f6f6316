package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.endpoint.Endpoints;
import org.acopio.server.Acopio;
import org.acopio.web.figures.OverviewFigures;

/** {@code GET /api/overview}: how the server is doing, in figures. */
@Path("overview")
@RequestScoped
public class OverviewResource {
  private final Endpoints endpoints = new Endpoints();
  @EJB private Acopio acopio;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject overview() {
    return OverviewFigures.of(
        acopio.collector().progress(),
        endpoints.all(),
        acopio.sessions().counts(),
        acopio.scrubDays(),
        OverviewFigures.Extent.ALL);
  }
}
