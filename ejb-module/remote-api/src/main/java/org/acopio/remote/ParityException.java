package org.acopio.remote;

import java.io.Serial;
import java.util.stream.Stream;

/** Text that is no integer, or too many numbers. */
public final class ParityException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Travels as a name, so that who does not know it can still read the rest. */
  private final String reason;

  /**
   * @param reason for programs; not {@link Reason#OTHER}, which is what a reader makes of a reason
   *     that it does not know
   * @param message for people: the value, the limit and the remedy, in English
   */
  public ParityException(Reason reason, String message) {
    super(message);
    this.reason = reason.name();
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
    TOO_MANY,
    /** A reason that this version does not know. */
    OTHER;

    static Reason of(String name) {
      return Stream.of(values())
          .filter(reason -> reason.name().equals(name))
          .findFirst()
          .orElse(OTHER);
    }
  }

  public Reason reason() {
    return Reason.of(reason);
  }
}
