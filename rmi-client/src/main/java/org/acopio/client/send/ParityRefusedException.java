package org.acopio.client.send;

import java.io.Serial;
import java.util.Objects;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityService;
import org.jspecify.annotations.Nullable;

/**
 * A server did not take text for an integer, or was given too many numbers. The message has the
 * server's words, for logs.
 */
public final class ParityRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param reason for programs
   * @param message the server's words
   */
  public ParityRefusedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }

  /** What was wrong. */
  public enum Reason {
    /** No digit at all. */
    EMPTY(0),
    /** Something other than an optional sign and decimal digits. */
    NOT_AN_INTEGER(0),
    /** More digits than the server takes. */
    TOO_LONG(ParityService.MAX_DIGITS),
    /** More numbers than the server takes in one call. */
    TOO_MANY(ParityService.MAX_BATCH),
    /** What this agent does not know. */
    OTHER(0);

    private final int limit;

    Reason(int limit) {
      this.limit = limit;
    }

    /** The most digits or numbers that a server takes; 0 where there is no limit to tell. */
    public int limit() {
      return limit;
    }

    static Reason of(ParityException.Reason reason) {
      return switch (reason) {
        case EMPTY -> EMPTY;
        case NOT_AN_INTEGER -> NOT_AN_INTEGER;
        case TOO_LONG -> TOO_LONG;
        case TOO_MANY -> TOO_MANY;
        case OTHER -> OTHER;
      };
    }
  }
}
