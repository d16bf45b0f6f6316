package org.acopio.client.send;

import java.io.Serial;

/** A file is not what it was offered as, or changed while it was read. */
final class ChangedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ChangedException(String message) {
    super(message);
  }
}
