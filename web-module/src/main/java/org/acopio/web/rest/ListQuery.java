package org.acopio.web.rest;

import jakarta.ws.rs.QueryParam;
import org.acopio.catalog.Listing;
import org.acopio.catalog.Listing.Order;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** The parameters that lists of clients and of agents have in common. */
public class ListQuery {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  @QueryParam("text")
  @Nullable String text;

  @QueryParam("order")
  @Nullable String order;

  @QueryParam("ascending")
  @Nullable String ascending;

  @QueryParam("offset")
  @Nullable String offset;

  @QueryParam("limit")
  @Nullable String limit;

  Listing listing() {
    String wanted = text == null ? "" : text;
    if (wanted.length() > Listing.MAX_TEXT) {
      throw new ProblemException(Trouble.TOO_LONG, "text", wanted.length(), Listing.MAX_TEXT);
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
                new ProblemException(
                    Trouble.NOT_ONE_OF,
                    "order",
                    order,
                    "name, first-seen, last-seen, collections, files, bytes"));
  }

  static int limit(@Nullable String text) {
    return (int) Numbers.parse("limit", text, 1, MAX_LIMIT, DEFAULT_LIMIT);
  }
}
