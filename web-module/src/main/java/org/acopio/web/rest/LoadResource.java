package org.acopio.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.account.Deed;
import org.acopio.web.ports.LoadGenerator;
import org.acopio.web.ports.LoadPlan;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/**
 * {@code /api/endpoints/load}: the load by which the session ports are compared. How it goes is
 * among the figures of {@code /api/endpoints}. Source: docs/protocols.md.
 */
@Path("endpoints/load")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class LoadResource {
  @Inject private LoadGenerator load;
  @Inject private Event<Deed> deeds;

  /** Begins a load: {@code connections}, {@code periodMillis}, {@code seconds}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject start(JsonObject wanted) {
    LoadPlan plan =
        new LoadPlan(
            number(wanted, "connections", 1, LoadPlan.MAX_CONNECTIONS, 100),
            number(wanted, "periodMillis", LoadPlan.MIN_PERIOD, LoadPlan.MAX_PERIOD, 1_000),
            number(wanted, "seconds", 1, LoadPlan.MAX_SECONDS, 30));
    switch (load.start(plan)) {
      case YES -> deeds.fire(Deed.done("load.start", plan.shown()));
      case BUSY -> throw new ProblemException(Trouble.LOAD_RUNS);
      case NO_PORT -> throw new ProblemException(Trouble.NO_SESSION_PORT);
    }
    return state();
  }

  private static int number(JsonObject wanted, String name, int least, int most, int otherwise) {
    return (int) Numbers.in(wanted, name, least, most).orElse(otherwise);
  }

  /** Ends the load that runs; its connections are closed within moments. */
  @DELETE
  public JsonObject stop() {
    if (!load.stop()) {
      throw new ProblemException(Trouble.NO_LOAD);
    }
    deeds.fire(Deed.done("load.stop", "session ports"));
    return state();
  }

  private JsonObject state() {
    return load.state().orElseThrow(() -> new ProblemException(Trouble.NO_LOAD));
  }
}
