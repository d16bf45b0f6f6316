package org.acopio.remote;

import java.io.Serial;
import java.util.stream.Stream;

/**
 * A whole call was refused; nothing of it was done. What can go wrong with one item of a batch is a
 * value in the answer instead.
 */
public final class CollectorException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Travels as a name, so that who does not know it can still read the rest. */
  private final String code;

  /**
   * @param code why, for programs; not {@link Code#OTHER}, which is what a reader makes of a code
   *     that it does not know
   * @param message why, for people: the value, the limit and the remedy, in English
   */
  public CollectorException(Code code, String message) {
    super(message);
    this.code = code.name();
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
    NOT_ENROLLED(false),
    /** A code that this version does not know. */
    OTHER(false);

    private final boolean retryable;

    Code(boolean retryable) {
      this.retryable = retryable;
    }

    /** True when the caller can go on, after opening another ticket or waiting a while. */
    public boolean retryable() {
      return retryable;
    }

    static Code of(String name) {
      return Stream.of(values()).filter(code -> code.name().equals(name)).findFirst().orElse(OTHER);
    }
  }

  public Code code() {
    return Code.of(code);
  }
}
