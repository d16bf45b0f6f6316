package org.acopio.catalog;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The catalog could not do what was asked of it. Nothing of the failed call is stored. */
public final class CatalogException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean retryable;

  CatalogException(String message, @Nullable Throwable cause, boolean retryable) {
    super(message, cause);
    this.retryable = retryable;
  }

  /**
   * Whether the same call may succeed later without anybody changing the call: the database is
   * away, busy or full. Otherwise the call or the settings must change.
   */
  public boolean retryable() {
    return retryable;
  }
}
