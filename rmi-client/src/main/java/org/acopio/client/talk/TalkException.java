package org.acopio.client.talk;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation could not begin or go on. The message is for logs; whoever shows it to people has
 * words for the {@link #kind}.
 */
public final class TalkException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final long bytes;
  private final String heard;

  TalkException(Kind kind, long bytes, String heard, @Nullable Throwable cause) {
    super(kind + " after " + bytes + " bytes" + (heard.isEmpty() ? "" : ": " + heard), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.bytes = bytes;
    this.heard = heard;
  }

  TalkException(Kind kind, long bytes, String heard) {
    this(kind, bytes, heard, null);
  }

  /** The thread was interrupted while nothing was asked of the server. */
  public static TalkException interrupted() {
    return new TalkException(Kind.INTERRUPTED, 0, "");
  }

  /** What went wrong. */
  public enum Kind {
    /** No address is known for the server's name. */
    UNKNOWN_HOST,
    /** Nobody takes connections there. */
    NO_ANSWER,
    /** The connection was not made in time. */
    TIMEOUT,
    /** Anything else; {@link #heard} has the system's words. */
    FAILED,
    /** The server ended the connection while nothing was asked. */
    ENDED,
    /** The server ended the connection before its answer was complete. */
    ENDED_EARLY,
    /** The answer was not complete in time. */
    SLOW,
    /** What came back is not what was sent; {@link #heard} begins with the first other byte. */
    DIFFERENT,
    /**
     * More came back than was sent, or than an answer may have; {@link #heard} is its beginning.
     */
    TOO_MUCH,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  public Kind kind() {
    return kind;
  }

  /** How many bytes of the answer had come, or were right. */
  public long bytes() {
    return bytes;
  }

  /**
   * What the server or the system said, at most 4,096 characters; empty when nothing. May contain
   * control characters.
   */
  public String heard() {
    return heard;
  }
}
