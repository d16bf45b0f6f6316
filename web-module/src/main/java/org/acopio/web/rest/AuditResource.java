package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.acopio.account.AuditLog;
import org.acopio.catalog.AuditEntry;
import org.acopio.catalog.CatalogException;
import org.acopio.server.Acopio;
import org.jspecify.annotations.Nullable;

/** {@code /api/audit}: what people did, newest first. Source: docs/protocols.md. */
@Path("audit")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_OFFSET = 10_000_000;

  @EJB private Acopio acopio;

  @GET
  public JsonObject page(
      @QueryParam("code") @Nullable String code,
      @QueryParam("text") @Nullable String text,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    int first = (int) Numbers.parse("offset", offset, 0, MAX_OFFSET, 0);
    int most = (int) Numbers.parse("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT);
    String only = code == null ? "" : code;
    String wanted = text == null ? "" : text;
    try {
      AuditLog log = acopio.audit();
      JsonArrayBuilder lines = Json.createArrayBuilder();
      log.page(only, wanted, first, most).forEach(entry -> lines.add(json(entry)));
      return Json.createObjectBuilder()
          .add("matching", log.count(only, wanted))
          .add("lines", lines)
          .build();
    } catch (CatalogException e) {
      throw Problem.exception(Status.SERVICE_UNAVAILABLE, e.getMessage());
    }
  }

  private static JsonObject json(AuditEntry entry) {
    return Json.createObjectBuilder()
        .add("number", entry.number())
        .add("at", entry.at().toString())
        .add("who", entry.who())
        .add("address", entry.address())
        .add("code", entry.code())
        .add("target", entry.target())
        .add("result", entry.result())
        .build();
  }
}
