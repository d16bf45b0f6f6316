package org.acopio.web.rest;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.acopio.parity.ParityCalls;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;

/** {@code GET /api/parity/{n}}: whether an integer is even. */
@Path("parity/{n}")
@ApplicationScoped
public class ParityResource {
  @EJB private Acopio acopio;
  private ParityCalls.Counted parities;

  @PostConstruct
  void count() {
    parities = acopio.parityCalls().over(Transport.REST);
  }

  /**
   * {@code number} as it was asked, {@code parity} in the words of the old clients, {@code even}.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response asJson(@PathParam("n") String number) {
    try {
      Parity parity = parities.of(number);
      JsonObject answer =
          Building.object()
              .add("number", number)
              .add("parity", parity.word())
              .add("even", parity == Parity.EVEN)
              .build();
      return Response.ok(answer).build();
    } catch (ParityException e) {
      return problem(e);
    }
  }

  /** The word alone, for who prefers it to JSON. */
  @GET
  @Produces(MediaType.TEXT_PLAIN + ";qs=0.5")
  public Response asText(@PathParam("n") String number) {
    try {
      return Response.ok(parities.of(number).word() + "\n", MediaType.TEXT_PLAIN).build();
    } catch (ParityException e) {
      return problem(e);
    }
  }

  /** RFC 9457. */
  private static Response problem(ParityException e) {
    JsonObject problem =
        Building.object()
            .add("type", "about:blank")
            .add("title", Status.BAD_REQUEST.getReasonPhrase())
            .add("status", Status.BAD_REQUEST.getStatusCode())
            .add("detail", String.valueOf(e.getMessage()))
            .add("code", e.reason().name())
            .build();
    return Response.status(Status.BAD_REQUEST)
        .type("application/problem+json")
        .entity(problem.toString())
        .build();
  }
}
