package org.acopio.web.rest;

import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/** Numbers out of a query, with an answer for what is none. */
final class Numbers {
  private Numbers() {}

  /** The parameter's value, or {@code otherwise} when it is not given. */
  static long parse(String name, @Nullable String text, long least, long most, long otherwise) {
    try {
      return read(name, text, least, most, otherwise);
    } catch (IllegalArgumentException e) {
      throw Problem.exception(Status.BAD_REQUEST, e.getMessage());
    }
  }

  /**
   * The same, for who answers by himself.
   *
   * @throws IllegalArgumentException when it is no number or out of range; says what it must be
   */
  static long read(String name, @Nullable String text, long least, long most, long otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    throw new IllegalArgumentException(
        "%s is '%s'; it is a whole number from %d to %d".formatted(name, text, least, most));
  }
}
