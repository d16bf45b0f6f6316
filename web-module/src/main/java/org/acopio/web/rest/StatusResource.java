package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.catalog.Totals;
import org.acopio.remote.ServerInfo;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;

/** {@code GET /api/status}: what the server is and how much it has collected. */
@Path("status")
@RequestScoped
public class StatusResource {
  @EJB private Acopio acopio;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject status() {
    ServerInfo info = acopio.describe();
    Totals totals = Available.ask(acopio::totals);
    return Building.object()
        .add("version", info.version())
        .add("protocol", info.protocol())
        .add("store", info.storeId())
        .add("files", totals.files())
        .add("bytes", totals.bytes())
        .build();
  }
}
