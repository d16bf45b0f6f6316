package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.List;
import org.acopio.catalog.AllFiles;
import org.acopio.catalog.FileDetails;
import org.acopio.server.Acopio;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** {@code /api/files}: all that was collected, whoever sent it. Source: docs/protocols.md. */
@Path("files")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FilesResource {
  private static final int MAX_LIST = 200;
  private static final int MAX_CLIENTS = 1_000;

  @EJB private Acopio acopio;

  @GET
  public JsonObject search(@Context UriInfo uri) {
    FileQuery query = FileQuery.of(uri.getQueryParameters(), ZoneId.systemDefault());
    return Available.ask(
        () ->
            FileJson.page(
                acopio
                    .library()
                    .search(
                        query.search(),
                        query.sort(),
                        query.descending(),
                        query.offset(),
                        query.limit())));
  }

  @GET
  @Path("{number: \\d{1,19}}")
  public JsonObject one(@PathParam("number") String text) {
    long number = number(text);
    return Available.ask(
        () ->
            files().details(List.of(number)).stream()
                .findFirst()
                .map(file -> FileJson.file(file).build())
                .orElseThrow(() -> unknown(text)));
  }

  @GET
  @Path("{number: \\d{1,19}}/versions")
  public JsonObject versions(@PathParam("number") String text) {
    List<FileDetails> versions = Available.ask(() -> files().versions(number(text), MAX_LIST + 1));
    if (versions.isEmpty()) {
      throw unknown(text);
    }
    return FileJson.list("versions", versions, MAX_LIST);
  }

  @GET
  @Path("{number: \\d{1,19}}/duplicates")
  public JsonObject duplicates(@PathParam("number") String text) {
    long number = number(text);
    List<FileDetails> same = Available.ask(() -> files().sameContent(number, MAX_LIST + 1));
    if (same.isEmpty() && Available.ask(() -> files().details(List.of(number))).isEmpty()) {
      throw unknown(text);
    }
    return FileJson.list("duplicates", same, MAX_LIST);
  }

  @GET
  @Path("clients")
  public JsonObject clients() {
    return Available.ask(() -> FileJson.clients(acopio.library().clients(MAX_CLIENTS)));
  }

  private AllFiles files() {
    return acopio.catalog().allFiles();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
  }

  private static ProblemException unknown(String number) {
    return new ProblemException(Trouble.NO_SUCH_FILE, number);
  }
}
