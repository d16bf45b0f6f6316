package org.acopio.web.rest;

import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/** Yes or no out of a query, with an answer for what is neither. */
final class Booleans {
  private Booleans() {}

  /** No when it is not given; yes when it is given without a value. */
  static boolean parse(String name, @Nullable String text) {
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    throw Problem.exception(
        Status.BAD_REQUEST, "%s is '%s'; it is true or false".formatted(name, text));
  }
}
