package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import org.acopio.account.Deed;
import org.acopio.account.OneTimeTickets;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/login-tickets}: makes a ticket that lets an administrator into the console, once
 * and within ten minutes, on the machine of the server. Only for the bearer of the administrator's
 * token: who got in by a login could make it outlive the login so.
 */
@Path("login-tickets")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class LoginTicketsResource {
  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @POST
  public Response make(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String said) {
    if (said == null || !said.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      throw new ProblemException(Trouble.TOKEN_NEEDED);
    }
    String ticket = acopio.loginTickets().make();
    deeds.fire(Deed.done("ticket.make", ""));
    return Response.status(Status.CREATED)
        .entity(
            Building.object()
                .add("path", "login?ticket=" + ticket)
                .add("seconds", OneTimeTickets.VALID.toSeconds())
                .build())
        .build();
  }
}
