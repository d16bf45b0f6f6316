package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Clients;
import org.acopio.catalog.FolderQuery;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.Listing;
import org.acopio.catalog.PastCollection;
import org.acopio.catalog.UnprovenFile;
import org.acopio.proof.Subject;
import org.acopio.remote.FilePath;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/agents}: the PCs that have collected, and certificates of what the store proves of
 * what they said they have. Source: docs/protocols.md.
 */
@Path("agents")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
  private static final String ID = "{id}";

  @EJB private Acopio acopio;
  @Inject private Downloads downloads;

  @GET
  public JsonObject list(@BeanParam ListQuery query) {
    Listing listing = query.listing();
    Clients clients = acopio.catalog().clients();
    JsonArrayBuilder page = Building.array();
    Available.ask(() -> clients.agents(listing)).forEach(a -> page.add(ClientJson.agent(a)));
    return Building.object()
        .add("matching", Available.ask(() -> clients.countAgents(listing)))
        .add("agents", page)
        .build();
  }

  @GET
  @Path(ID)
  public JsonObject one(@PathParam("id") String id) {
    return ClientJson.agent(find(id));
  }

  @GET
  @Path(ID + "/certificate")
  public Response certificate(
      @PathParam("id") String id,
      @QueryParam("verify") @Nullable String verify,
      @QueryParam("collection") @Nullable String collection) {
    KnownAgent agent = find(id);
    long number = Numbers.parse("collection", collection, 1, Long.MAX_VALUE, 0);
    Optional<PastCollection> only =
        number == 0 ? Optional.empty() : Optional.of(collection(agent, number));
    return downloads.certificate(
        acopio, new Subject(agent, only), Booleans.parse("verify", verify));
  }

  private PastCollection collection(KnownAgent agent, long number) {
    PastCollection found =
        Available.ask(() -> acopio.catalog().clients().collection(number))
            .filter(one -> one.agent() == agent.number())
            .orElseThrow(
                () ->
                    new ProblemException(
                        Trouble.COLLECTION_OF_ANOTHER, agent.shortId(), number, agent.id()));
    if (found.claim().isEmpty()) {
      throw new ProblemException(Trouble.COLLECTION_UNCLAIMED, number);
    }
    return found;
  }

  @GET
  @Path(ID + "/SHA256SUMS")
  @Produces(MediaType.TEXT_PLAIN)
  public Response sums(@PathParam("id") String id) {
    return downloads.sumsOfAgent(acopio, find(id).number());
  }

  @GET
  @Path(ID + "/unproven")
  public JsonObject unproven(
      @PathParam("id") String id,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    int most = ListQuery.limit(limit);
    byte[] last = FolderJson.bytes("after", after);
    Optional<FilePath> from = last.length == 0 ? Optional.empty() : Optional.of(FilePath.of(last));
    KnownAgent agent = find(id);
    List<UnprovenFile> files =
        Available.ask(
            () -> acopio.catalog().claims().unproven(agent.number(), Optional.empty(), from, most));
    JsonArrayBuilder page = Building.array();
    files.forEach(file -> page.add(ClientJson.unproven(file)));
    JsonObjectBuilder answer = Building.object().add("unproven", page);
    if (files.size() == most) {
      answer.add("next", FolderJson.token(files.get(most - 1).path().bytes()));
    }
    return answer.build();
  }

  @GET
  @Path(ID + "/folder")
  public JsonObject folder(
      @PathParam("id") String id,
      @QueryParam("folder") @Nullable String folder,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    KnownAgent agent = find(id);
    FolderQuery query =
        new FolderQuery(
            List.of(agent.number()),
            Optional.empty(),
            FolderJson.bytes("folder", folder),
            FolderJson.place(after),
            ListQuery.limit(limit));
    return FolderJson.page(Available.ask(() -> acopio.catalog().clients().folder(query)));
  }

  private KnownAgent find(String id) {
    List<KnownAgent> found = AgentId.find(acopio.catalog().clients(), id);
    if (found.isEmpty()) {
      throw new ProblemException(Trouble.NO_SUCH_AGENT, id);
    }
    if (found.size() > 1) {
      throw new ProblemException(Trouble.SEVERAL_AGENTS, id);
    }
    return found.get(0);
  }
}
