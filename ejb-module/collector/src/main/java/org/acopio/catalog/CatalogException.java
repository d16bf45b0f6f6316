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

  /** What the database said, in its own words; the message when it was not asked. */
  public String said() {
    Throwable cause = getCause();
    return cause == null ? String.valueOf(getMessage()) : Failures.reason(cause);
  }
}
