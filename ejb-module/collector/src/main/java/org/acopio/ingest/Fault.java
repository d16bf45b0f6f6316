package org.acopio.ingest;

import org.acopio.remote.CollectorException;

/**
 * Why the server did not do as asked. Codes are stable: they stand on the wire, none is ever given
 * to another meaning.
 */
enum Fault {
  VERSION_MISMATCH(1, false),
  TICKET_UNKNOWN(2, true),
  TOO_MANY_COLLECTIONS(3, true),
  TOO_MUCH(4, false),
  BAD_REQUEST(5, false),
  NO_SUCH_FILE(6, false),
  UNAVAILABLE(7, true),
  STOPPING(8, true),
  AGENT_BLOCKED(9, false),
  NOT_ENROLLED(10, false),
  /** The first bytes are not this protocol's. */
  NOT_ACOPIO(32, false),
  /** A frame that is longer than the limit, or too short to be one. */
  FRAME_LENGTH(33, false),
  /** A greeting or a frame that does not get to its end. */
  TOO_SLOW(34, true),
  /** The client shut down its side in the middle of a greeting or a frame. */
  CUT_SHORT(35, true),
  /** A request that this version does not know. */
  UNKNOWN_TYPE(36, false),
  /** A body that is not what its type asks for. */
  MALFORMED(37, false),
  /** More requests without an answer than a client may have. */
  TOO_MANY_REQUESTS(38, true),
  /** The server failed in a way that it does not know. */
  FAILED(39, true);

  private final int code;
  private final boolean retryable;

  Fault(int code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  /** 1 to 255. */
  int code() {
    return code;
  }

  /** Whether the same client can go on after it has done what the text says. */
  boolean retryable() {
    return retryable;
  }

  static Fault of(CollectorException.Code code) {
    return switch (code) {
      case VERSION_MISMATCH -> VERSION_MISMATCH;
      case TICKET_UNKNOWN -> TICKET_UNKNOWN;
      case TOO_MANY_COLLECTIONS -> TOO_MANY_COLLECTIONS;
      case TOO_MUCH -> TOO_MUCH;
      // Nobody here refuses for what this version does not know.
      case BAD_REQUEST, OTHER -> BAD_REQUEST;
      case NO_SUCH_FILE -> NO_SUCH_FILE;
      case UNAVAILABLE -> UNAVAILABLE;
      case STOPPING -> STOPPING;
      case AGENT_BLOCKED -> AGENT_BLOCKED;
      case NOT_ENROLLED -> NOT_ENROLLED;
    };
  }
}
