package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.server.Acopio;
import org.acopio.web.figures.TransferFigures;

/** {@code GET /api/transfers}: what is being collected. */
@Path("transfers")
@RequestScoped
public class TransfersResource {
  @EJB private Acopio acopio;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject transfers() {
    return TransferFigures.of(acopio.collector().progress(), TransferFigures.Extent.ALL);
  }
}
