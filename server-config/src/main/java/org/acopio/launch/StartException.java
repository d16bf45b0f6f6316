package org.acopio.launch;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot start; the message is one sentence with the value, the reason and the remedy.
 */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
