package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.acopio.account.AuditLog;
import org.acopio.catalog.AuditEntry;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
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
    return Available.ask(
        () -> {
          AuditLog log = acopio.audit();
          JsonArrayBuilder lines = Building.array();
          log.page(only, wanted, first, most).forEach(entry -> lines.add(json(entry)));
          return Building.object()
              .add("matching", log.count(only, wanted))
              .add("lines", lines)
              .build();
        });
  }

  private static JsonObject json(AuditEntry entry) {
    return Building.object()
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
