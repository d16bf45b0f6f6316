package org.acopio.web.rest;

import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.acopio.web.figures.Building;

/**
 * Answers that say what is wrong and what to do, as {@code application/problem+json} (RFC 9457).
 */
final class Problem {
  static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  /** An exception that becomes the answer. */
  static WebApplicationException exception(Status status, String detail) {
    return new WebApplicationException(detail, response(status, detail));
  }

  static Response response(Status status, String detail) {
    // As text: not every server writes JSON objects under this media type.
    return Response.status(status).type(MEDIA_TYPE).entity(json(status, detail).toString()).build();
  }

  static JsonObject json(Status status, String detail) {
    return Building.object()
        .add("title", status.getReasonPhrase())
        .add("status", status.getStatusCode())
        .add("detail", detail)
        .build();
  }
}
