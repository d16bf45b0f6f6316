package org.acopio.client.send;

import java.io.Serial;
import java.util.Objects;

/** A server did not take text for an integer, or was given too many numbers. */
public final class ParityRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  ParityRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }

  /** What was wrong. */
  public enum Reason {
    /** No digit at all. */
    EMPTY,
    /** Something other than an optional sign and decimal digits. */
    NOT_AN_INTEGER,
    /** More digits than the server takes. */
    TOO_LONG,
    /** More numbers than the server takes in one call. */
    TOO_MANY
  }
}
