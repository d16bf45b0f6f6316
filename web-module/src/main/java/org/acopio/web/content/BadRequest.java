package org.acopio.web.content;

import java.io.Serial;

/** The request cannot be meant as it is; the message says what can. */
final class BadRequest extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
