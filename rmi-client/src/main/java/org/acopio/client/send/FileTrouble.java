package org.acopio.client.send;

import java.util.Objects;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Refused;

/**
 * Why a file is not on the server, without words: whoever shows it has them.
 *
 * @param code what is wrong
 * @param size of the file in bytes, as it was last offered
 * @param tries how often it was tried, 1 or more
 * @param detail what the server or the system said, in their words; empty when they said nothing
 */
public record FileTrouble(Code code, long size, int tries, String detail) {
  public FileTrouble {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
  }

  /** What can be wrong. Names are stable: programs read them. */
  public enum Code {
    /** The server: its content is not collected. */
    NOT_MEDIA,
    /** The server: it is larger than the limit there. */
    TOO_LARGE,
    /** Its path cannot be offered or stored. */
    BAD_PATH,
    /** The server: the store has no room for it. */
    STORE_FULL,
    /** The server: the store could not be written to. */
    STORE_FAILED,
    /** The server: too many files of this run are begun. */
    TOO_MANY_OPEN,
    /** The server: it forgot each time that the file was begun. */
    UNKNOWN_UPLOAD,
    /** The server: a reason that this version does not know; the detail has it. */
    OTHER,
    /** Blocks of it were damaged on the way each time. */
    BLOCK_DAMAGED,
    /** The server: a block does not lie inside its part. */
    BLOCK_OUTSIDE,
    /** The server's disk damaged it each time. */
    STORE_DAMAGED,
    /** The server missed bytes of it each time. */
    BYTES_MISSING,
    /** The server's receipt is for another content, whose SHA-256 is the detail. */
    WRONG_RECEIPT,
    /** It was not the one any more that was offered. */
    CHANGED,
    /** It became longer while it was read. */
    GREW,
    /** It became shorter while it was read. */
    SHRANK,
    /** Its content was another each time that it was read. */
    CONTENT_CHANGED,
    /** It is gone. */
    GONE,
    /** This user may not read it. */
    DENIED,
    /** In its place there is something that is no regular file. */
    NOT_REGULAR,
    /** It could not be read; the detail has the system's words. */
    UNREADABLE;

    static Code of(Refused.Reason reason) {
      return switch (reason) {
        case NOT_MEDIA -> NOT_MEDIA;
        case TOO_LARGE -> TOO_LARGE;
        case BAD_PATH -> BAD_PATH;
        case STORE_FULL -> STORE_FULL;
        case STORE_FAILED -> STORE_FAILED;
        case TOO_MANY_OPEN -> TOO_MANY_OPEN;
        case UNKNOWN_UPLOAD -> UNKNOWN_UPLOAD;
        case OTHER -> OTHER;
      };
    }

    static Code of(BlockReply.Outcome outcome) {
      return switch (outcome) {
        case CORRUPT -> BLOCK_DAMAGED;
        case OUTSIDE -> BLOCK_OUTSIDE;
        case UNKNOWN_UPLOAD -> UNKNOWN_UPLOAD;
        case STORE_FULL -> STORE_FULL;
        case STORE_FAILED -> STORE_FAILED;
        case OTHER -> OTHER;
        case ACCEPTED -> throw new IllegalArgumentException("an accepted block is no trouble");
      };
    }
  }
}
