package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.server.Acopio;
import org.acopio.web.figures.TransferFigures;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/transfers}: what is being collected. */
@Path("transfers")
@RequestScoped
@Tag(name = "collecting")
public class TransfersResource {
  static final String EXAMPLE =
      """
      {"bytesPerSecond": 1048576, "openCollections": 1, "otherCollections": 0, "openFiles": 1,
       "counts": {"collections": 1, "receivedBytes": 6291456, "stored": 0, "storedBytes": 0,
         "had": 3, "refused": 1, "changed": 0, "corruptBlocks": 0},
       "collections": [{"number": 7, "address": "192.0.2.17", "agent": 3, "agentId": "9f2c01ab",
         "host": "rosa-pc", "transport": "rmi", "opened": "2026-11-21T17:30:38Z", "stored": 0,
         "storedBytes": 0, "had": 3, "refused": 1, "changed": 0, "receivedBytes": 6291456,
         "begun": 1, "begunBytes": 16777216, "openFiles": 1, "missingBytes": 10485760,
         "bytesPerSecond": 1048576, "idleSeconds": 0, "waiting": "nothing", "waitingSeconds": 0,
         "remainingSeconds": 10, "otherFiles": 0,
         "files": [{"upload": "5093411220937129", "path": "/home/rosa/trip.mp4", "size": 16777216,
           "storing": false, "begun": "2026-11-21T17:30:39Z", "touched": "2026-11-21T17:30:45Z",
           "parts": [{"bytes": 4194304, "arrived": 4194304, "state": "complete", "retries": 0,
               "port": 50112},
             {"bytes": 4194304, "arrived": 2097152, "state": "arriving", "retries": 1,
               "port": 50113},
             {"bytes": 4194304, "arrived": 0, "state": "waiting", "retries": 0, "port": 0},
             {"bytes": 4194304, "arrived": 0, "state": "waiting", "retries": 0, "port": 0}]}]}],
       "incidentCounts": {"not-media": 1},
       "incidents": [{"number": 1, "at": "2026-11-21T17:30:40Z", "collection": 7,
         "address": "192.0.2.17", "host": "rosa-pc", "path": "/home/rosa/notes.jpg",
         "code": "not-media", "detail": "the content is neither an image, nor a PDF, nor audio, nor video"}]}""";

  @EJB private Acopio acopio;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "What is being collected",
      description =
          "Every open collection with its speed (bytes a second over the last 5 s), remaining time"
              + " (absent while there is no speed) and what it waits for; of each the files in"
              + " flight that were touched last, at most 200, as four parts with state, retries"
              + " and the client's port; and the last 500 times that a file was refused, changed,"
              + " damaged or failed, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "The transfers of the moment.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "one video on its way", value = EXAMPLE)))
  public JsonObject transfers() {
    return TransferFigures.of(acopio.collector().progress(), TransferFigures.Extent.ALL);
  }
}
