package org.acopio.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.account.Deed;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.web.ports.PortFigures;
import org.acopio.web.ports.PortSwitches;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/**
 * {@code /api/endpoints}: the listening ports with their figures, and their switches, which are the
 * administrator's.
 */
@Path("endpoints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EndpointsResource {
  @Inject private Event<Deed> deeds;
  @Inject private PortFigures figures;
  @Inject private PortSwitches switches;

  @GET
  public JsonObject all() {
    return figures.all();
  }

  @GET
  @Path("{port: \\d{1,5}}")
  public JsonObject one(@PathParam("port") int port) {
    return figures.one(port).orElseThrow(() -> unknown(port));
  }

  /** Turns new connections away; those that are open go on. */
  @POST
  @Path("{port: \\d{1,5}}/pause")
  @AdministratorOnly
  public JsonObject pause(@PathParam("port") int port) {
    find(port);
    return changed(port, switches.pause(port), "endpoint.pause");
  }

  /** Takes new connections again. */
  @POST
  @Path("{port: \\d{1,5}}/resume")
  @AdministratorOnly
  public JsonObject resume(@PathParam("port") int port) {
    find(port);
    return changed(port, switches.resume(port), "endpoint.resume");
  }

  private JsonObject changed(int port, boolean done, String code) {
    deeds.fire(Deed.of(code, find(port).name() + " " + port, done ? "done" : "failed"));
    return one(port);
  }

  private EndpointFigures find(int port) {
    return switches.find(port).orElseThrow(() -> unknown(port));
  }

  private ProblemException unknown(int port) {
    return new ProblemException(
        switches.isHttp(port) ? Trouble.PORT_OF_HTTP : Trouble.NO_SUCH_PORT,
        Integer.toString(port));
  }
}
