package org.acopio.parity;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;

/**
 * How many numbers were asked about since the start, by transport and by result. A batch counts
 * each of its numbers; a batch that is refused counts as one refusal. Thread-safe; counting takes
 * no lock.
 */
public final class ParityCalls {
  /** The way by which a question came. */
  public enum Transport {
    RMI,
    XMLRPC,
    REST
  }

  /** What was said to it. */
  public enum Result {
    EVEN,
    ODD,
    /** No integer, or too long. */
    REFUSED
  }

  private final LongAdder[][] counts = new LongAdder[Transport.values().length][];

  /** All counts are zero. */
  public ParityCalls() {
    Arrays.setAll(counts, transport -> adders());
  }

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[Result.values().length];
    Arrays.setAll(adders, result -> new LongAdder());
    return adders;
  }

  /** How many there were so far. */
  public long count(Transport transport, Result result) {
    return counts[transport.ordinal()][result.ordinal()].sum();
  }

  /** The parity of integers, each answer counted for this transport. */
  public Counted over(Transport transport) {
    return new Counted(counts[transport.ordinal()]);
  }

  /** {@link Parities}, with every answer counted. */
  public static final class Counted {
    private final LongAdder[] counts;

    private Counted(LongAdder[] counts) {
      this.counts = counts;
    }

    /** As {@link Parities#of(long)}. */
    public Parity of(long n) {
      return counted(Parities.of(n));
    }

    /**
     * As {@link Parities#of(String)}.
     *
     * @throws ParityException {@code EMPTY}, {@code NOT_AN_INTEGER} or {@code TOO_LONG}
     */
    public Parity of(String decimal) throws ParityException {
      try {
        return counted(Parities.of(decimal));
      } catch (ParityException e) {
        refuse();
        throw e;
      }
    }

    /**
     * As {@link Parities#of(List)}.
     *
     * @throws ParityException as {@link #of(String)}, and {@code TOO_MANY}
     */
    public List<Parity> of(List<String> decimals) throws ParityException {
      try {
        List<Parity> parities = Parities.of(decimals);
        parities.forEach(this::counted);
        return parities;
      } catch (ParityException e) {
        refuse();
        throw e;
      }
    }

    /** Counts a question that had no number in it. */
    public void refuse() {
      counts[Result.REFUSED.ordinal()].increment();
    }

    private Parity counted(Parity parity) {
      Result result = parity == Parity.EVEN ? Result.EVEN : Result.ODD;
      counts[result.ordinal()].increment();
      return parity;
    }
  }
}
