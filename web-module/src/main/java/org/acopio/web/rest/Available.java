package org.acopio.web.rest;

import java.util.function.Supplier;
import org.acopio.catalog.CatalogException;
import org.acopio.web.problem.ProblemException;

/** Questions to the catalog, with an answer for when it is away. */
final class Available {
  private Available() {}

  /** What the catalog says; 503 when it is away. */
  static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (CatalogException e) {
      throw ProblemException.of(e);
    }
  }
}
