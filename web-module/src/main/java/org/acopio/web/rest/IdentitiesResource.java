package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.acopio.account.Deed;
import org.acopio.catalog.IdentityEntry;
import org.acopio.server.Acopio;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** {@code /api/identities}: which PCs the server knows by their keys. Source: docs/protocols.md. */
@Path("identities")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class IdentitiesResource {
  private static final int MAX_OFFSET = 10_000_000;
  private static final String NUMBER = "number";
  private static final String ONE = "{number: \\d{1,18}}";

  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @GET
  public JsonObject page(
      @QueryParam("offset") @Nullable String offset, @QueryParam("limit") @Nullable String limit) {
    int first = (int) Numbers.parse("offset", offset, 0, MAX_OFFSET, 0);
    int most = ListQuery.limit(limit);
    JsonArrayBuilder page = Json.createArrayBuilder();
    Available.ask(() -> acopio.identities().page(first, most))
        .forEach(each -> page.add(json(each)));
    return Json.createObjectBuilder()
        .add("matching", Available.ask(() -> acopio.identities().count()))
        .add("identities", page)
        .build();
  }

  private static JsonObjectBuilder json(IdentityEntry entry) {
    JsonObjectBuilder identity =
        Json.createObjectBuilder()
            .add(NUMBER, entry.number())
            .add("agent", entry.agent().toString())
            .add("hostName", entry.hostName())
            .add("version", entry.version())
            .add("issued", entry.issuedAt().toString())
            .add("seen", entry.seenAt().toString())
            .add("address", entry.seenAddress())
            .add("rekeyWanted", entry.rekeyWanted())
            .add("valid", entry.valid());
    entry.code().ifPresent(code -> identity.add("code", code));
    entry.parent().ifPresent(parent -> identity.add("parent", parent));
    entry
        .revoked()
        .ifPresent(
            end ->
                identity
                    .add("ended", end.at().toString())
                    .add("why", end.why().name().toLowerCase(Locale.ROOT)));
    return identity;
  }

  /** Makes an identity worthless; what it has open ends. */
  @DELETE
  @Path(ONE)
  public JsonObject revoke(@PathParam(NUMBER) long number) {
    changed("identity.revoke", number, Available.ask(() -> acopio.identities().revoke(number)));
    return Json.createObjectBuilder().add(NUMBER, number).add("valid", false).build();
  }

  /** Wants a new key at the PC's next run. */
  @POST
  @Path(ONE + "/rekey")
  public JsonObject rekey(@PathParam(NUMBER) long number) {
    changed("identity.rekey", number, Available.ask(() -> acopio.identities().rekey(number)));
    return Json.createObjectBuilder().add(NUMBER, number).add("rekeyWanted", true).build();
  }

  private void changed(String deed, long number, boolean done) {
    String target = Long.toString(number);
    if (!done) {
      deeds.fire(Deed.of(deed + ".failed", target, "unknown"));
      throw new ProblemException(Trouble.NO_SUCH_IDENTITY, number);
    }
    deeds.fire(Deed.done(deed, target));
  }
}
