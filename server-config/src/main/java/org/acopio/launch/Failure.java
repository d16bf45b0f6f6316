package org.acopio.launch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Why something failed, in one sentence, out of the many exceptions that a container wraps it in.
 */
final class Failure {
  private Failure() {}

  /** The message of the innermost exception that has one. */
  static String message(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String message = failure.getClass().getName();
    for (Throwable at = failure; at != null && seen.add(at); at = at.getCause()) {
      String own = at.getMessage();
      if (own != null && !own.isBlank()) {
        message = own.strip();
      }
    }
    return message;
  }
}
