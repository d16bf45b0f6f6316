package org.acopio.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing slow: after some failures of a name, each further try has to wait, 1 second at
 * first and twice as long each time, up to 15 minutes. A try counts as failed from its beginning,
 * so that many at once gain nothing. A name is forgotten an hour after its last wait is over; at
 * most {@value #MOST} names are known, of which the one unused for longest goes first. Thread-safe.
 */
public final class Backoff {
  static final int MOST = 10_000;
  static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration MEMORY = Duration.ofHours(1);
  private static final int DOUBLINGS = 10;
  private static final int IPV6_NETWORK_BYTES = 8;

  /**
   * @param until when the wait is over; in the past when there is none
   */
  private record Failures(int count, Instant until) {
    static final Failures NONE = new Failures(0, Instant.EPOCH);
  }

  private final Clock clock;
  private final int free;
  private final Map<String, Failures> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param free how many failures cost nothing
   */
  public Backoff(Clock clock, int free) {
    this.clock = clock;
    this.free = free;
  }

  /** How long a try has to wait, rounded up to whole seconds; zero when it may be made now. */
  public synchronized Duration left(String name) {
    Instant now = clock.instant();
    Duration left = Duration.between(now, known(name, now).until);
    return left.isNegative() || left.isZero()
        ? Duration.ZERO
        : Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
  }

  /** Begins a try, which counts as failed until {@link #undo}. */
  public synchronized void count(String name) {
    Instant now = clock.instant();
    int count = known(name, now).count + 1;
    names.put(name, new Failures(count, count < free ? now : now.plus(wait(count - free))));
  }

  /** Takes one try back. */
  public synchronized void undo(String name) {
    Instant now = clock.instant();
    Failures failures = known(name, now);
    int count = failures.count - 1;
    if (count >= 0) {
      names.put(name, new Failures(count, count < free ? now : failures.until));
    }
  }

  /** Forgets every failure of a name. */
  public synchronized void forget(String name) {
    names.remove(name);
  }

  /** A household with IPv6 has 2^64 addresses; they count as one. */
  public static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (UnknownHostException e) {
      // Not an address, so it stands for itself.
      return address;
    }
  }

  private Failures known(String name, Instant now) {
    Failures failures = names.getOrDefault(name, Failures.NONE);
    return failures.until.plus(MEMORY).isBefore(now) ? Failures.NONE : failures;
  }

  private static Duration wait(int beyond) {
    Duration wait = Duration.ofSeconds(1L << Math.min(beyond, DOUBLINGS));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
