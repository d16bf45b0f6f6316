package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.acopio.account.Deed;
import org.acopio.catalog.AgentAccess;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** {@code /api/agent-access}: which agents may collect. Source: docs/protocols.md. */
@Path("agent-access")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class AgentAccessResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_OFFSET = 10_000_000;
  private static final String BLOCKED = "blocked";

  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @GET
  public JsonObject page(
      @QueryParam("offset") @Nullable String offset, @QueryParam("limit") @Nullable String limit) {
    int first = (int) Numbers.parse("offset", offset, 0, MAX_OFFSET, 0);
    int most = (int) Numbers.parse("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
    return Available.ask(
        () -> {
          JsonArrayBuilder agents = Building.array();
          acopio.catalog().agents().page(first, most).forEach(agent -> agents.add(json(agent)));
          return Building.object()
              .add("matching", acopio.catalog().agents().count())
              .add("agents", agents)
              .build();
        });
  }

  private static JsonObject json(AgentAccess agent) {
    return Building.object()
        .add("number", agent.number())
        .add("id", agent.id().toString())
        .add("hostName", agent.hostName())
        .add("version", agent.version())
        .add("firstSeen", agent.firstSeen().toString())
        .add("lastSeen", agent.lastSeen().toString())
        .add(BLOCKED, agent.blocked())
        .build();
  }

  /** Blocks an agent or lets it in again: {@code blocked}. */
  @PUT
  @Path("{number: \\d{1,18}}")
  @Consumes(MediaType.APPLICATION_JSON)
  public JsonObject block(@PathParam("number") long number, JsonObject access) {
    if (!access.containsKey(BLOCKED)) {
      throw new ProblemException(Trouble.MISSING, BLOCKED);
    }
    boolean blocked = access.getBoolean(BLOCKED, true);
    if (!Available.ask(() -> acopio.collector().block(number, blocked))) {
      throw new ProblemException(Trouble.NO_SUCH_AGENT, number);
    }
    deeds.fire(Deed.done(blocked ? "agent.block" : "agent.unblock", Long.toString(number)));
    return Building.object().add("number", number).add(BLOCKED, blocked).build();
  }
}
