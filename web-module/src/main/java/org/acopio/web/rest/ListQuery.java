package org.acopio.web.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import org.acopio.catalog.Listing;
import org.acopio.catalog.Listing.Order;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that lists of clients and of agents have in common. */
public class ListQuery {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  @Parameter(
      description =
          "only those whose address or host name has this in it, or whose id begins with it",
      example = "192.0.2.")
  @QueryParam("text")
  @Nullable String text;

  @Parameter(
      description =
          "name, first-seen, last-seen, collections, files or bytes; last-seen when absent",
      example = "bytes")
  @QueryParam("order")
  @Nullable String order;

  @Parameter(description = "true for the least first; false when absent", example = "false")
  @QueryParam("ascending")
  @Nullable String ascending;

  @Parameter(description = "how many to leave out; 0 when absent", example = "0")
  @QueryParam("offset")
  @Nullable String offset;

  @Parameter(description = "the most to return, 1 to 1000; 100 when absent", example = "100")
  @QueryParam("limit")
  @Nullable String limit;

  Listing listing() {
    String wanted = text == null ? "" : text;
    if (wanted.length() > Listing.MAX_TEXT) {
      throw Problem.exception(
          Status.BAD_REQUEST,
          "text has %d characters; at most %d are looked for"
              .formatted(wanted.length(), Listing.MAX_TEXT));
    }
    return new Listing(
        wanted,
        order(),
        Booleans.parse("ascending", ascending),
        (int) Numbers.parse("offset", offset, 0, Integer.MAX_VALUE, 0),
        limit(limit));
  }

  private Order order() {
    if (order == null || order.isEmpty()) {
      return Order.LAST_SEEN;
    }
    return Order.of(order)
        .orElseThrow(
            () ->
                Problem.exception(
                    Status.BAD_REQUEST,
                    "order is '%s'; it is name, first-seen, last-seen, collections, files or bytes"
                        .formatted(order)));
  }

  static int limit(@Nullable String text) {
    return (int) Numbers.parse("limit", text, 1, MAX_LIMIT, DEFAULT_LIMIT);
  }
}
