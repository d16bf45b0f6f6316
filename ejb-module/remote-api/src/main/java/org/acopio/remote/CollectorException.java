package org.acopio.remote;

import java.io.Serial;
import java.util.Objects;

/**
 * A whole call was refused; nothing of it was done. What can go wrong with one item of a batch is a
 * value in the answer instead.
 */
public final class CollectorException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;

  /**
   * @param code why, for programs
   * @param message why, for people: the value, the limit and the remedy, in English
   */
  public CollectorException(Code code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Why a call can be refused. Names are stable: they travel as names. */
  public enum Code {
    /** The two sides speak different versions of the contract. */
    VERSION_MISMATCH(false),
    /** The ticket has expired, was closed, or never was: open another. */
    TICKET_UNKNOWN(true),
    /** The server has as many open collections as it allows. */
    TOO_MANY_COLLECTIONS(true),
    /** More items or bytes than the ticket allows. */
    TOO_MUCH(false),
    /** The call is not one that the contract knows. */
    BAD_REQUEST(false),
    /** There is no such file, or it is another agent's. */
    NO_SUCH_FILE(false),
    /** Store or catalog cannot be reached now. */
    UNAVAILABLE(true),
    /** The server is stopping. */
    STOPPING(true),
    /** An administrator of the server has blocked this agent. */
    AGENT_BLOCKED(false),
    /** The connection's certificate is another agent's. */
    NOT_ENROLLED(false);

    private final boolean retryable;

    Code(boolean retryable) {
      this.retryable = retryable;
    }

    /** True when the caller can go on, after opening another ticket or waiting a while. */
    public boolean retryable() {
      return retryable;
    }
  }

  public Code code() {
    return code;
  }
}
