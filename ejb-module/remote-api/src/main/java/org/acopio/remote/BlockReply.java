package org.acopio.remote;

import java.util.Objects;

/**
 * What became of one {@link Block}.
 *
 * @param outcome for programs
 * @param detail for people: the value, the limit and the remedy, in English; empty when accepted
 */
public record BlockReply(Outcome outcome, String detail) {
  private static final int MAX_DETAIL = 2_000;

  /** The reply for every block that was accepted. */
  public static final BlockReply ACCEPTED = new BlockReply(Outcome.ACCEPTED, "");

  public BlockReply {
    Objects.requireNonNull(outcome, "outcome");
    detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
  }

  /** What can become of a block. */
  public enum Outcome {
    /** It is in the store's working area; a crash of the server's process does not lose it. */
    ACCEPTED(1, false),
    /** The checksum differs: send it again. */
    CORRUPT(2, true),
    /**
     * It does not lie inside its part, or is longer than the ticket allows: never send it again.
     */
    OUTSIDE(3, false),
    /** No upload with this number belongs to this agent: offer the file again. */
    UNKNOWN_UPLOAD(4, false),
    /** The store has no room: try again later. */
    STORE_FULL(5, true),
    /** The store could not be written to: try again later. */
    STORE_FAILED(6, true),
    /** An outcome that this version does not know. */
    OTHER(0, false);

    private final int code;
    private final boolean retryable;

    Outcome(int code, boolean retryable) {
      this.code = code;
      this.retryable = retryable;
    }

    /** True when sending the same block again may succeed. */
    public boolean retryable() {
      return retryable;
    }

    static Outcome of(int code) {
      for (Outcome outcome : values()) {
        if (outcome.code == code) {
          return outcome;
        }
      }
      return OTHER;
    }
  }

  static final Codec<BlockReply> CODEC =
      new Codec<>() {
        @Override
        public void write(BlockReply reply, WireWriter out) {
          out.int8(reply.outcome.code);
          out.text(reply.detail);
        }

        @Override
        public BlockReply read(WireReader in) {
          Outcome outcome = Outcome.of(in.int8());
          String detail = in.text(MAX_DETAIL * 4);
          return outcome == Outcome.ACCEPTED ? ACCEPTED : new BlockReply(outcome, detail);
        }
      };
}
