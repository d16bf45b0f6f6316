package org.acopio.identity;

import org.jspecify.annotations.Nullable;

/** The server's own keys cannot be used. The message says which, why, and what to do. */
public final class IdentityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IdentityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
