package org.acopio.remote;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The answer to one {@link FileDigest}. */
public sealed interface Completion
    permits Completion.Stored,
        Completion.Corrupt,
        Completion.Changed,
        Completion.Incomplete,
        Refused {

  /**
   * The file is stored for good.
   *
   * @param receipt the promise; see {@link Receipt}
   */
  record Stored(Receipt receipt) implements Completion {
    public Stored {
      Objects.requireNonNull(receipt, "receipt");
    }
  }

  /**
   * What the store holds is not what it had acknowledged: the named parts were damaged on the
   * server's side and are to be sent again. Nothing was stored.
   *
   * @param parts 0 to 3, ascending
   */
  record Corrupt(Set<Integer> parts) implements Completion {
    public Corrupt {
      parts = AnswerCodecs.ascending(parts);
    }
  }

  /**
   * What was sent is not what the digest says: the file changed between two reads of it. The named
   * parts are to be read and sent again. Nothing was stored.
   *
   * @param parts 0 to 3, ascending
   */
  record Changed(Set<Integer> parts) implements Completion {
    public Changed {
      parts = AnswerCodecs.ascending(parts);
    }
  }

  /**
   * Bytes are missing. Nothing was stored.
   *
   * @param missing what to send before finishing again, ascending and disjoint
   */
  record Incomplete(List<Range> missing) implements Completion {
    public Incomplete {
      missing = List.copyOf(missing);
    }
  }
}
