package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.acopio.catalog.AllFiles;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.FileDetails;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/files}: all that was collected, whoever sent it. Source: docs/protocols.md. */
@Path("files")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "files", description = "What was collected. All texts come from PCs and are data.")
public class FilesResource {
  private static final int MAX_LIST = 200;
  private static final int MAX_CLIENTS = 1_000;

  private static final String FILE_EXAMPLE =
      """
      {"number":4711,"name":"IMG_0042.jpg","path":"/home/ana/Imágenes/IMG_0042.jpg","kind":"image",\
      "mediaType":"image/jpeg","size":2481923,"modified":"2026-08-02T17:11:09Z",\
      "stored":"2026-11-21T10:15:30.123456789Z",\
      "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","version":2,\
      "newestVersion":2,"client":"192.0.2.7","agent":1,\
      "agentId":"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",\
      "hostName":"pc-ana","collection":12,"storedAs":"192.0.2.7/home/ana/Imágenes/IMG_0042.jpg"}""";

  @EJB private Acopio acopio;

  @GET
  @Operation(
      summary = "Searches the files",
      description =
          "Every condition must hold. The figures are exact: 'matching' and 'bytes' of all files"
              + " found, 'kinds' when the kind is left open. To read on without files appearing"
              + " twice while new ones arrive, give the 'upTo' of the first answer with each page.")
  @Parameter(
      name = "q",
      in = ParameterIn.QUERY,
      description =
          "words that all occur in the path, in any order, without regard to case and accents;"
              + " between quotation marks as they stand",
      example = "playa 2026")
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      description = "image, pdf, audio, video; several with commas",
      example = "image,video")
  @Parameter(
      name = "client",
      in = ParameterIn.QUERY,
      description = "the address that it came from",
      example = "192.0.2.7")
  @Parameter(name = "agent", in = ParameterIn.QUERY, description = "number of the agent")
  @Parameter(name = "minSize", in = ParameterIn.QUERY, description = "bytes, 0 or more")
  @Parameter(name = "maxSize", in = ParameterIn.QUERY, description = "bytes, 0 or more")
  @Parameter(
      name = "modifiedFrom",
      in = ParameterIn.QUERY,
      description = "a day of the server's zone or a moment; when it last changed on its PC",
      example = "2026-08-01")
  @Parameter(
      name = "modifiedTo",
      in = ParameterIn.QUERY,
      description = "a day, which is included, or a moment",
      example = "2026-08-31")
  @Parameter(name = "storedFrom", in = ParameterIn.QUERY, description = "when it was stored")
  @Parameter(name = "storedTo", in = ParameterIn.QUERY, description = "when it was stored")
  @Parameter(
      name = "sha256",
      in = ParameterIn.QUERY,
      description = "the first 1 to 64 hexadecimal digits",
      example = "9f86d081")
  @Parameter(
      name = "versions",
      in = ParameterIn.QUERY,
      description = "newest of each path and agent (the default), or all",
      example = "all")
  @Parameter(
      name = "copies",
      in = ParameterIn.QUERY,
      description = "only: files whose content another file has too; any (the default)",
      example = "only")
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "name, path, kind, size, modified, stored (the default)",
      example = "size")
  @Parameter(
      name = "order",
      in = ParameterIn.QUERY,
      description = "asc or desc; by default desc for size and times, asc for the others",
      example = "desc")
  @Parameter(
      name = "offset",
      in = ParameterIn.QUERY,
      description = "how many files to leave out",
      schema = @Schema(type = SchemaType.INTEGER, defaultValue = "0", minimum = "0"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "the most files of the answer; 0 for the figures alone",
      schema =
          @Schema(type = SchemaType.INTEGER, defaultValue = "100", minimum = "0", maximum = "500"))
  @Parameter(name = "upTo", in = ParameterIn.QUERY, description = "no file with a greater number")
  @APIResponse(
      responseCode = "200",
      description = "a page of files",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "page",
                      value =
                          "{\"matching\":3201,\"bytes\":9812734921,\"kinds\":{\"image\":2900,"
                              + "\"pdf\":81,\"audio\":170,\"video\":50},\"upTo\":4711,"
                              + "\"forgotten\":0,\"files\":["
                              + FILE_EXAMPLE
                              + "]}")))
  @APIResponse(responseCode = "400", description = "a parameter is wrong; says which and how")
  @APIResponse(responseCode = "503", description = "the catalog cannot be reached")
  public JsonObject search(@Context UriInfo uri) {
    FileQuery query = query(uri);
    return answered(
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
  @Operation(summary = "All about one version of one file")
  @APIResponse(
      responseCode = "200",
      description = "the file",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "file", value = FILE_EXAMPLE)))
  @APIResponse(responseCode = "404", description = "there is no such file")
  public JsonObject one(@PathParam("number") String text) {
    long number = number(text);
    return answered(
        () ->
            files().details(List.of(number)).stream()
                .findFirst()
                .map(file -> FileJson.file(file).build())
                .orElseThrow(() -> unknown(text)));
  }

  @GET
  @Path("{number: \\d{1,19}}/versions")
  @Operation(
      summary = "All versions of a file",
      description = "Itself among them, newest first; at most 200, and 'more' when there are more.")
  @APIResponse(
      responseCode = "200",
      description = "the versions",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "versions",
                      value = "{\"versions\":[" + FILE_EXAMPLE + "],\"more\":false}")))
  @APIResponse(responseCode = "404", description = "there is no such file")
  public JsonObject versions(@PathParam("number") String text) {
    List<FileDetails> versions = answered(() -> files().versions(number(text), MAX_LIST + 1));
    if (versions.isEmpty()) {
      throw unknown(text);
    }
    return FileJson.list("versions", versions, MAX_LIST);
  }

  @GET
  @Path("{number: \\d{1,19}}/duplicates")
  @Operation(
      summary = "Where the content of a file lies otherwise",
      description =
          "Other files, older versions included, of any path, agent and client, newest first; at"
              + " most 200, and 'more' when there are more.")
  @APIResponse(
      responseCode = "200",
      description = "the other files",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "duplicates",
                      value = "{\"duplicates\":[" + FILE_EXAMPLE + "],\"more\":false}")))
  @APIResponse(responseCode = "404", description = "there is no such file")
  public JsonObject duplicates(@PathParam("number") String text) {
    long number = number(text);
    List<FileDetails> same = answered(() -> files().sameContent(number, MAX_LIST + 1));
    if (same.isEmpty() && answered(() -> files().details(List.of(number))).isEmpty()) {
      throw unknown(text);
    }
    return FileJson.list("duplicates", same, MAX_LIST);
  }

  @GET
  @Path("clients")
  @Operation(
      summary = "The addresses that files came from",
      description = "With how many files each, old versions included; the 1,000 with most files.")
  @APIResponse(
      responseCode = "200",
      description = "addresses",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "clients",
                      value = "{\"clients\":[{\"client\":\"192.0.2.7\",\"files\":3201}]}")))
  public JsonObject clients() {
    return answered(() -> FileJson.clients(acopio.library().clients(MAX_CLIENTS)));
  }

  private static FileQuery query(UriInfo uri) {
    try {
      return FileQuery.of(uri.getQueryParameters(), ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw Problem.exception(Status.BAD_REQUEST, e.getMessage());
    }
  }

  private AllFiles files() {
    return acopio.catalog().allFiles();
  }

  private static <T> T answered(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (CatalogException e) {
      throw Problem.exception(Status.SERVICE_UNAVAILABLE, e.getMessage());
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
  }

  private static WebApplicationException unknown(String number) {
    return Problem.exception(
        Status.NOT_FOUND, "there is no file %s; /api/files lists them".formatted(number));
  }
}
