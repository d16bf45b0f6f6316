package org.acopio.catalog;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Does work in a transaction of its own. */
interface Asked {
  /**
   * @param purpose what the caller wants, to complete "the catalog could not …"
   */
  <T> T ask(String purpose, Function<EntityManager, T> work);
}
