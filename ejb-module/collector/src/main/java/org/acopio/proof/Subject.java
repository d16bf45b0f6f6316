package org.acopio.proof;

import java.util.Optional;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.PastCollection;

/**
 * Of whom and of what a certificate speaks.
 *
 * @param agent whose files
 * @param collection only what was said in this one of its collections, which has a claim; or
 *     everything that it ever said when empty
 */
public record Subject(KnownAgent agent, Optional<PastCollection> collection) {
  public Subject {
    collection.ifPresent(
        one -> {
          if (one.agent() != agent.number() || one.claim().isEmpty()) {
            throw new IllegalArgumentException(
                "collection "
                    + one.number()
                    + " is another agent's, or what was said is not known");
          }
        });
  }
}
