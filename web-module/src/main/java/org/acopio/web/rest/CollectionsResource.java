package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Clients;
import org.acopio.catalog.KnownAgent;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/collections}: every run of every agent. Source: docs/protocols.md. */
@Path("collections")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clients")
public class CollectionsResource {
  @EJB private Acopio acopio;

  @GET
  @Operation(summary = "Lists collections, the newest first")
  @APIResponse(
      responseCode = "200",
      description =
          "'closed' and what follows is absent while it is open and when the server died; a full"
              + " page says in 'before' where the next begins",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "collections",
                      value = "{\"collections\":[" + ClientJson.COLLECTION + "]}")))
  public JsonObject list(
      @Parameter(description = "id of an agent, 8 digits at least", example = "60303ae2")
          @QueryParam("agent")
          @Nullable String agent,
      @Parameter(description = "an address", example = "192.0.2.7") @QueryParam("client")
          @Nullable String client,
      @Parameter(description = "'before' of the page before") @QueryParam("before")
          @Nullable String before,
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
  @Operation(summary = "One collection")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "collection", value = ClientJson.COLLECTION)))
  @APIResponse(responseCode = "404", description = "there is none with this number")
  public JsonObject one(@Parameter(example = "12") @PathParam("number") String number) {
    long wanted = Numbers.parse("number", number, 0, Long.MAX_VALUE, 0);
    return ClientJson.collection(
        Available.ask(() -> clients().collection(wanted))
            .orElseThrow(
                () -> missing("there is no collection %s; /api/collections lists them", number)));
  }

  private Clients clients() {
    return acopio.catalog().clients();
  }

  private long agent(String id) {
    if (!id.matches("[0-9a-fA-F]{8,64}")) {
      throw Problem.exception(
          Status.BAD_REQUEST,
          "agent is '%s'; it is the first 8 to 64 hexadecimal digits of an agent's id"
              .formatted(id));
    }
    List<KnownAgent> found = Available.ask(() -> clients().agents(id));
    if (found.size() != 1) {
      throw missing("no agent, or more than one, is %s; /api/agents lists them", id);
    }
    return found.get(0).number();
  }

  private long client(String address) {
    return Available.ask(() -> clients().client(address))
        .orElseThrow(
            () -> missing("nobody has collected from %s; /api/clients lists who has", address))
        .number();
  }

  private static WebApplicationException missing(String detail, String what) {
    return Problem.exception(Status.NOT_FOUND, detail.formatted(what));
  }
}
