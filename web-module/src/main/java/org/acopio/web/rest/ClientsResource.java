package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
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
import org.acopio.catalog.KnownClient;
import org.acopio.catalog.Listing;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** {@code /api/clients}: the addresses that PCs have collected from. Source: docs/protocols.md. */
@Path("clients")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClientsResource {
  @EJB private Acopio acopio;
  @Inject private Downloads downloads;

  @GET
  public JsonObject list(@BeanParam ListQuery query) {
    Listing listing = query.listing();
    Clients clients = acopio.catalog().clients();
    JsonArrayBuilder page = Building.array();
    Available.ask(() -> clients.clients(listing)).forEach(c -> page.add(ClientJson.client(c)));
    return Building.object()
        .add("matching", Available.ask(() -> clients.countClients(listing)))
        .add("clients", page)
        .build();
  }

  @GET
  @Path("{address}")
  public JsonObject one(@PathParam("address") String address) {
    return ClientJson.client(find(address));
  }

  @GET
  @Path("{address}/SHA256SUMS")
  @Produces(MediaType.TEXT_PLAIN)
  public Response sums(@PathParam("address") String address) {
    KnownClient client = find(address);
    return downloads.sumsOfClient(acopio, client.number(), agents(client));
  }

  @GET
  @Path("{address}/folder")
  public JsonObject folder(
      @PathParam("address") String address,
      @QueryParam("folder") @Nullable String folder,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    KnownClient client = find(address);
    FolderQuery query =
        new FolderQuery(
            agents(client),
            Optional.of(client.number()),
            FolderJson.bytes("folder", folder),
            FolderJson.place(after),
            ListQuery.limit(limit));
    return FolderJson.page(Available.ask(() -> acopio.catalog().clients().folder(query)));
  }

  private static List<Long> agents(KnownClient client) {
    return client.agents().stream().map(KnownClient.Visitor::number).toList();
  }

  private KnownClient find(String address) {
    return Available.ask(() -> acopio.catalog().clients().client(address))
        .orElseThrow(() -> new ProblemException(Trouble.NO_SUCH_CLIENT, address));
  }
}
