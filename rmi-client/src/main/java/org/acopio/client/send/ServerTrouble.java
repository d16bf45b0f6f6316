package org.acopio.client.send;

import java.util.Objects;
import org.acopio.remote.CollectorException;

/**
 * Why a server cannot be talked to, or what it refused, without words: whoever shows it has them.
 *
 * @param code what is wrong
 * @param server which one
 * @param protocol the version of the contract that this agent speaks
 * @param serverProtocol the one that the server speaks, known for {@code VERSION_MISMATCH} only;
 *     else 0
 * @param detail what the server or the system said, in their words; empty when they said nothing
 */
public record ServerTrouble(
    Code code, ServerAddress server, int protocol, int serverProtocol, String detail) {
  public ServerTrouble {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(detail, "detail");
  }

  /** What can be wrong. Names are stable: programs read them. */
  public enum Code {
    /** No address is known for its name. */
    UNKNOWN_HOST,
    /** Nobody takes connections there. */
    NO_ANSWER,
    /** It did not answer in time. */
    TIMEOUT,
    /** What answers is no Acopio server, or one that still starts. */
    NOT_ACOPIO,
    /** It was started anew. */
    RESTARTED,
    /** It sent a class that this agent does not take; the detail names it. */
    UNEXPECTED_CLASS,
    /** The connection was cut. */
    CONNECTION_CUT,
    /** Anything else; the detail has the system's words. */
    CONNECTION_FAILED,
    /** It speaks another version of the contract. */
    VERSION_MISMATCH,
    /** It does not know this run any more. */
    TICKET_UNKNOWN,
    /** It has as many collections open as it allows. */
    TOO_MANY_COLLECTIONS,
    /** It was sent more in one call than it takes. */
    TOO_MUCH,
    /** It was sent what it does not understand. */
    BAD_REQUEST,
    /** It does not have a file that it was asked for. */
    NO_SUCH_FILE,
    /** Its store or its catalog does not work now. */
    UNAVAILABLE,
    /** It is stopping. */
    STOPPING,
    /** Its administrator has blocked this agent. */
    AGENT_BLOCKED,
    /** A reason that this agent does not know; the detail has the server's words. */
    OTHER,
    /** This PC is not enrolled there, so nothing was sent. */
    NOT_ENROLLED,
    /** The enrolment code is wrong, taken back, expired or used up. */
    CODE_UNKNOWN,
    /** Too many wrong codes came from this address; later again. */
    TOO_MANY_ATTEMPTS,
    /** It does not know this PC's certificate. */
    KEY_UNKNOWN,
    /** This PC's certificate was taken back, or replaced. */
    KEY_REVOKED,
    /** It is another one than this PC was enrolled at, or somebody is in between. */
    OTHER_AUTHORITY,
    /** It is another one than the enrolment code is for, or somebody is in between. */
    OTHER_SERVER_THAN_CODE,
    /** It does not take up TLS 1.3: it does not know it, or it is just stopping. */
    NOT_SECURE,
    /** What this PC shows it cannot be read; the detail names the file or directory. */
    IDENTITY_DAMAGED,
    /** What this PC shows it others may read too; the detail names the file or directory. */
    IDENTITY_TOO_OPEN,
    /** What it gave this PC could not be kept; the detail has the system's words. */
    IDENTITY_NOT_WRITTEN,
    /** No trouble of the server's: this agent was interrupted. */
    INTERRUPTED;

    static Code of(CollectorException.Code code) {
      return switch (code) {
        case VERSION_MISMATCH -> VERSION_MISMATCH;
        case TICKET_UNKNOWN -> TICKET_UNKNOWN;
        case TOO_MANY_COLLECTIONS -> TOO_MANY_COLLECTIONS;
        case TOO_MUCH -> TOO_MUCH;
        case BAD_REQUEST -> BAD_REQUEST;
        case NO_SUCH_FILE -> NO_SUCH_FILE;
        case UNAVAILABLE -> UNAVAILABLE;
        case STOPPING -> STOPPING;
        case AGENT_BLOCKED -> AGENT_BLOCKED;
        case NOT_ENROLLED -> NOT_ENROLLED;
        case OTHER -> OTHER;
      };
    }
  }
}
