package org.acopio.remote;

import java.util.Objects;

/**
 * The server does not take a file. Nothing that is stored is touched.
 *
 * @param reason why, for programs
 * @param detail why, for people: the value, the limit and the remedy, in English
 */
public record Refused(Reason reason, String detail) implements Verdict, Completion {
  private static final int MAX_DETAIL = 2_000;

  public Refused {
    Objects.requireNonNull(reason, "reason");
    detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
  }

  /** Why a file is not taken. */
  public enum Reason {
    /** The content is not an image, a PDF, audio or video. */
    NOT_MEDIA(1, false),
    /** The file is larger than the server's limit. */
    TOO_LARGE(2, false),
    /** The path has no name in it that could be stored. */
    BAD_PATH(3, false),
    /** The store has no room for it now. */
    STORE_FULL(4, true),
    /** The store could not be written to now. */
    STORE_FAILED(5, true),
    /** This ticket has too many files open: finish some, then offer again. */
    TOO_MANY_OPEN(6, true),
    /** No upload with this number belongs to this agent: offer the file again. */
    UNKNOWN_UPLOAD(7, true),
    /** A reason that this version does not know. */
    OTHER(0, false);

    private final int code;
    private final boolean retryable;

    Reason(int code, boolean retryable) {
      this.code = code;
      this.retryable = retryable;
    }

    /** True when the same file may be taken later; false when trying again is of no use. */
    public boolean retryable() {
      return retryable;
    }

    static Reason of(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      return OTHER;
    }
  }

  void write(WireWriter out) {
    out.int8(reason.code);
    out.text(detail);
  }

  static Refused read(WireReader in) {
    return new Refused(Reason.of(in.int8()), in.text(MAX_DETAIL * 4));
  }
}
