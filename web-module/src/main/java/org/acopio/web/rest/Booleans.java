package org.acopio.web.rest;

import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
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
    throw new ProblemException(Trouble.NOT_TRUE_OR_FALSE, name, text);
  }
}
