package org.acopio.web.rest;

import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** Numbers out of a query, with an answer for what is none. */
final class Numbers {
  private Numbers() {}

  /** The parameter's value, or {@code otherwise} when it is not given. */
  static long parse(String name, @Nullable String text, long least, long most, long otherwise) {
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
    throw new ProblemException(Trouble.NOT_A_NUMBER, name, text, least, most);
  }
}
