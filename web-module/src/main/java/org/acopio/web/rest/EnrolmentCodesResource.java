package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.account.Deed;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.identity.EnrolmentCodes;
import org.acopio.server.Acopio;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** {@code /api/enrolment-codes}: the codes that invite PCs. Source: docs/protocols.md. */
@Path("enrolment-codes")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentCodesResource {
  private static final String NUMBER = "number";

  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;
  @Inject private HttpServletRequest request;

  @GET
  public JsonObject newest() {
    Instant now = acopio.clock().instant();
    JsonArrayBuilder codes = Json.createArrayBuilder();
    Available.ask(() -> acopio.identities().codes().newest())
        .forEach(code -> codes.add(json(code, now)));
    return Json.createObjectBuilder().add("codes", codes).build();
  }

  private static JsonObjectBuilder json(EnrolmentCodeEntry entry, Instant now) {
    JsonObjectBuilder code =
        Json.createObjectBuilder()
            .add(NUMBER, entry.number())
            .add("made", entry.madeAt().toString())
            .add("by", entry.madeBy())
            .add("expires", entry.expiresAt().toString())
            .add("uses", entry.uses())
            .add("invites", entry.invites(now));
    entry.mostUses().ifPresent(most -> code.add("mostUses", most));
    entry.takenBackAt().ifPresent(at -> code.add("takenBack", at.toString()));
    return code;
  }

  /**
   * Makes a code: {@code days}, {@code uses}. The answer has the code, of which only a digest is
   * kept.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(JsonObject wanted) {
    long days =
        Numbers.in(wanted, "days", 1, EnrolmentCodes.MOST_DAYS)
            .orElse(EnrolmentCodes.LASTS.toDays());
    OptionalLong uses = Numbers.in(wanted, "uses", 1, EnrolmentCodes.MOST_USES);
    String by = Optional.ofNullable(request.getRemoteUser()).orElse("system");
    EnrolmentCodes.Made made =
        Available.ask(() -> acopio.identities().codes().make(by, Duration.ofDays(days), uses));
    deeds.fire(Deed.done("enrol.code", Long.toString(made.entry().number())));
    return Response.status(Status.CREATED)
        .entity(
            json(made.entry(), acopio.clock().instant())
                .add("code", made.code().text())
                .add("server", acopio.place())
                .build())
        .build();
  }

  @DELETE
  @Path("{number: \\d{1,18}}")
  public JsonObject takeBack(@PathParam(NUMBER) long number) {
    if (!Available.ask(() -> acopio.identities().codes().takeBack(number))) {
      deeds.fire(Deed.of("enrol.code.remove.failed", Long.toString(number), "unknown"));
      throw new ProblemException(Trouble.NO_SUCH_CODE, number);
    }
    deeds.fire(Deed.done("enrol.code.remove", Long.toString(number)));
    return Json.createObjectBuilder().add(NUMBER, number).build();
  }
}
