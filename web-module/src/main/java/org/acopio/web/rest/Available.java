package org.acopio.web.rest;

import jakarta.ws.rs.core.Response.Status;
import java.util.function.Supplier;
import org.acopio.catalog.CatalogException;

/** Questions to the catalog, with an answer for when it is away. */
final class Available {
  private Available() {}

  /** What the catalog says; 503 when it cannot be asked. */
  static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (CatalogException e) {
      throw Problem.exception(Status.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
