package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.account.Deed;
import org.acopio.check.CheckOptions;
import org.acopio.server.Acopio;
import org.acopio.server.CheckJson;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** {@code /api/check}: compares catalog and store. Source: docs/protocols.md. */
@Path("check")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {
  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @GET
  public JsonObject state() {
    return Available.ask(
        () -> CheckJson.of(acopio.checks(), acopio.catalog().checks().damagedFiles()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject start(JsonObject wanted) {
    boolean readData = truth(wanted, "readData");
    boolean repair = truth(wanted, "repair");
    if (acopio.checks().start(CheckOptions.asked(readData, repair)).isEmpty()) {
      throw new ProblemException(Trouble.CHECK_RUNS);
    }
    deeds.fire(Deed.done("check", (readData ? "read-data" : "names") + (repair ? " repair" : "")));
    return state();
  }

  static boolean truth(JsonObject wanted, String name) {
    JsonValue value = wanted.getOrDefault(name, JsonValue.FALSE);
    if (value.getValueType() != JsonValue.ValueType.TRUE
        && value.getValueType() != JsonValue.ValueType.FALSE) {
      throw new ProblemException(Trouble.NOT_TRUE_OR_FALSE, name, value);
    }
    return value.getValueType() == JsonValue.ValueType.TRUE;
  }

  @DELETE
  public JsonObject stop() {
    acopio.checks().stop();
    return state();
  }
}
