package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Clients;
import org.acopio.catalog.KnownAgent;
import org.acopio.server.Acopio;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** {@code /api/collections}: every run of every agent. Source: docs/protocols.md. */
@Path("collections")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CollectionsResource {
  @EJB private Acopio acopio;

  @GET
  public JsonObject list(
      @QueryParam("agent") @Nullable String agent,
      @QueryParam("client") @Nullable String client,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    int most = ListQuery.limit(limit);
    long end = Numbers.parse("before", before, 1, Long.MAX_VALUE, Long.MAX_VALUE);
    Optional<Long> of = agent == null ? Optional.empty() : Optional.of(agent(agent));
    Optional<Long> from = client == null ? Optional.empty() : Optional.of(client(client));
    return ClientJson.collections(
        Available.ask(() -> clients().collections(of, from, end, most)), most);
  }

  @GET
  @Path("{number: \\d{1,19}}")
  public JsonObject one(@PathParam("number") String number) {
    long wanted = Numbers.parse("number", number, 0, Long.MAX_VALUE, 0);
    return ClientJson.collection(
        Available.ask(() -> clients().collection(wanted))
            .orElseThrow(() -> new ProblemException(Trouble.NO_SUCH_COLLECTION, number)));
  }

  private Clients clients() {
    return acopio.catalog().clients();
  }

  private long agent(String id) {
    List<KnownAgent> found = AgentId.find(clients(), id);
    if (found.size() != 1) {
      throw new ProblemException(Trouble.NOT_ONE_AGENT, id);
    }
    return found.get(0).number();
  }

  private long client(String address) {
    return Available.ask(() -> clients().client(address))
        .orElseThrow(() -> new ProblemException(Trouble.NO_SUCH_CLIENT, address))
        .number();
  }
}
