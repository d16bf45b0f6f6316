package org.acopio.client.send;

import java.io.Serial;
import java.util.Objects;

/** A run could not go on. What had a receipt before is safe. */
public final class SendException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * @param kind for programs
   * @param message for people, in English: the value, the limit and the remedy
   */
  public SendException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Why a run ended early. */
  public enum Kind {
    /** No server answered within the time that the caller allowed. */
    UNREACHABLE,
    /** The server answered, and refused the whole run. */
    REFUSED,
    /** The run was interrupted. */
    INTERRUPTED
  }

  public Kind kind() {
    return kind;
  }
}
