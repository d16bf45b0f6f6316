package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Clients;
import org.acopio.catalog.FolderQuery;
import org.acopio.catalog.KnownClient;
import org.acopio.catalog.Listing;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/clients}: the addresses that PCs have collected from. Source: docs/protocols.md. */
@Path("clients")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clients")
public class ClientsResource {
  static final String FOLDER =
      "{\"folders\":[{\"name\":\"2026\",\"folder\":\"L2hvbWUvYW5hLzIwMjY\",\"files\":118,\"bytes\":812345678}],\"files\":[{\"number\":4711,\"name\":\"IMG_0042.jpg\",\"version\":1,\"size\":2481923,\"mediaType\":\"image/jpeg\"}],\"next\":\"f4711.SU1HXzAwNDIuanBn\"}";

  @EJB private Acopio acopio;
  @Inject private Downloads downloads;

  @GET
  @Operation(summary = "Lists addresses")
  @APIResponse(
      responseCode = "200",
      description = "'matching' counts those beyond the page too",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "clients",
                      value = "{\"matching\":1,\"clients\":[" + ClientJson.CLIENT + "]}")))
  public JsonObject list(@BeanParam ListQuery query) {
    Listing listing = query.listing();
    Clients clients = acopio.catalog().clients();
    JsonArrayBuilder page = Json.createArrayBuilder();
    Available.ask(() -> clients.clients(listing)).forEach(c -> page.add(ClientJson.client(c)));
    return Json.createObjectBuilder()
        .add("matching", Available.ask(() -> clients.countClients(listing)))
        .add("clients", page)
        .build();
  }

  @GET
  @Path("{address}")
  @Operation(summary = "One address, with the agents behind it")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "client", value = ClientJson.CLIENT)))
  @APIResponse(responseCode = "404", description = "nobody has collected from this address")
  public JsonObject one(@Parameter(example = "192.0.2.7") @PathParam("address") String address) {
    return ClientJson.client(find(address));
  }

  @GET
  @Path("{address}/SHA256SUMS")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(
      summary = "The checksums of an address, for sha256sum -c in its folder in the store",
      description = "All versions, of all agents that came from it.")
  @APIResponse(responseCode = "200", description = "the checksums, as an attachment")
  public Response sums(@Parameter(example = "192.0.2.7") @PathParam("address") String address) {
    KnownClient client = find(address);
    return downloads.sumsOfClient(acopio, client.number(), agents(client));
  }

  @GET
  @Path("{address}/folder")
  @Operation(summary = "What lies directly in a folder of an address in the store")
  @APIResponse(
      responseCode = "200",
      description =
          "folders first, with everything below them counted; 'next' is there when there is more",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "folder", value = FOLDER)))
  public JsonObject folder(
      @Parameter(example = "192.0.2.7") @PathParam("address") String address,
      @Parameter(description = "'folder' of an answer; the root when absent") @QueryParam("folder")
          @Nullable String folder,
      @Parameter(description = "'next' of the page before") @QueryParam("after")
          @Nullable String after,
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
        .orElseThrow(
            () ->
                Problem.exception(
                    Status.NOT_FOUND,
                    "nobody has collected from %s; /api/clients lists who has".formatted(address)));
  }
}
