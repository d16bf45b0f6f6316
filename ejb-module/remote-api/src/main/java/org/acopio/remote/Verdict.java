package org.acopio.remote;

import java.util.List;
import java.util.Objects;

/** The answer to one {@link FileOffer}. */
public sealed interface Verdict permits Verdict.Have, Verdict.Send, Refused {

  /**
   * The server has this very content from this very agent; nothing is to be sent.
   *
   * @param receipt for the path that was offered
   */
  record Have(Receipt receipt) implements Verdict {
    public Have {
      Objects.requireNonNull(receipt, "receipt");
    }
  }

  /**
   * The server wants bytes. The same file offered again, in this collection or a later one, gets
   * the same upload with what is still missing.
   *
   * @param upload names the file in {@link Block} and {@link FileDigest}
   * @param missing what to send, ascending and disjoint; empty when only the digest is missing
   * @param knownByDigest true when this agent has delivered a file of this size under this path
   *     before: an offer with the digest may spare the sending
   */
  record Send(long upload, List<Range> missing, boolean knownByDigest) implements Verdict {
    public Send {
      missing = List.copyOf(missing);
    }
  }
}
