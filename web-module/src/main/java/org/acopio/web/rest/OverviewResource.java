package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.server.Acopio;
import org.acopio.web.figures.OverviewFigures;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/overview}: how the server is doing, in figures. */
@Path("overview")
@RequestScoped
@Tag(name = "collecting")
public class OverviewResource {
  static final String EXAMPLE =
      """
      {"arrivals": {"day": "2026-11-21", "today": {"files": 2, "bytes": 5300000},
        "kinds": {"image": {"files": 1, "bytes": 2300000}, "pdf": {"files": 0, "bytes": 0},
          "audio": {"files": 0, "bytes": 0}, "video": {"files": 1, "bytes": 3000000}},
        "ever": {"files": 840, "bytes": 912000000}},
       "counts": {"collections": 1, "receivedBytes": 5300000, "stored": 2, "storedBytes": 5300000,
         "had": 838, "refused": 0, "changed": 0, "corruptBlocks": 0},
       "bytesPerSecond": 1060000,
       "seconds": {"stepSeconds": 1, "bytes": [2300000, 3000000], "files": [1, 1]},
       "minutes": {"stepSeconds": 60, "bytes": [], "files": []},
       "openCollections": 0, "collections": [],
       "sessions": {"total": 1, "kinds": {"echo": 1, "rmi": 0}},
       "store": {"capacity": 500107862016, "free": 210107862016, "reserve": 268435456,
         "room": 209839426560, "writable": true, "unfinished": 0},
       "problems": [{"code": "files-not-media", "severity": "note", "count": 1, "bytes": 0,
         "limitBytes": 0, "seconds": 0, "subject": "/home/rosa/notes.jpg"}]}""";

  @EJB private Acopio acopio;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "How the server is doing",
      description =
          "What arrived today by kind (a day begins at midnight in the server's zone), bytes and"
              + " files of each of the last 300 seconds and 1,440 minutes since the start (oldest"
              + " first), open collections, sessions by kind, the store's disk in bytes, and what"
              + " is wrong, the worst first.")
  @APIResponse(
      responseCode = "200",
      description = "The figures of the moment.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "a quiet server", value = EXAMPLE)))
  public JsonObject overview() {
    return OverviewFigures.of(
        acopio.collector().progress(), acopio.sessions().counts(), OverviewFigures.Extent.ALL);
  }
}
