package org.acopio.web.rest;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.OptionalLong;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** Numbers out of a query or a body, with an answer for what is none. */
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

  /** The field's value; empty when it is not there. */
  static OptionalLong in(JsonObject body, String name, long least, long most) {
    JsonValue value = body.get(name);
    if (value == null || value == JsonValue.NULL) {
      return OptionalLong.empty();
    }
    if (value instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValue().bitLength() < Long.SIZE
        && number.longValue() >= least
        && number.longValue() <= most) {
      return OptionalLong.of(number.longValue());
    }
    throw new ProblemException(Trouble.NOT_A_NUMBER, name, value, least, most);
  }
}
