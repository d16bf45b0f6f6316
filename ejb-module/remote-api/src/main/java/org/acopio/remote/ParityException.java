package org.acopio.remote;

import java.io.Serial;
import java.util.Objects;

/** Text that is no integer, or too many numbers. */
public final class ParityException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param reason for programs
   * @param message for people: the value, the limit and the remedy, in English
   */
  public ParityException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** What was wrong. Names are stable: they travel as names. */
  public enum Reason {
    /** No digit at all. */
    EMPTY,
    /** Something other than an optional sign and decimal digits. */
    NOT_AN_INTEGER,
    /** More digits than {@link ParityService#MAX_DIGITS}. */
    TOO_LONG,
    /** More numbers than {@link ParityService#MAX_BATCH}. */
    TOO_MANY
  }

  public Reason reason() {
    return reason;
  }
}
