package org.acopio.account;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tries to log in are looked at: {@value #FREE_OF_NAME} failures of a name and {@value
 * #FREE_OF_ADDRESS} of an address cost nothing, then each has to wait ({@link Backoff}). From an
 * address where a name has logged in before, only failures from there count for that name: who
 * guesses elsewhere cannot keep the owner out. Thread-safe.
 */
final class Attempts {
  static final int FREE_OF_NAME = 5;

  /** A whole office may be behind one address. */
  static final int FREE_OF_ADDRESS = 20;

  private final Backoff names;
  private final Backoff homes;
  private final Backoff addresses;
  private final Map<String, Boolean> familiar =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > Backoff.MOST;
        }
      };

  Attempts(Clock clock) {
    names = new Backoff(clock, FREE_OF_NAME);
    homes = new Backoff(clock, FREE_OF_NAME);
    addresses = new Backoff(clock, FREE_OF_ADDRESS);
  }

  /** One try. Counts as failed until it is taken back. */
  final class Attempt {
    private final String name;
    private final String home;
    private final String network;
    private final boolean atHome;

    private Attempt(String name, String address) {
      this.name = name;
      network = Backoff.network(address);
      home = name + "@" + network;
      synchronized (familiar) {
        atHome = familiar.containsKey(home);
      }
    }

    private Duration left() {
      Duration ofName = atHome ? homes.left(home) : names.left(name);
      Duration ofAddress = addresses.left(network);
      return ofName.compareTo(ofAddress) > 0 ? ofName : ofAddress;
    }

    private void count() {
      if (atHome) {
        homes.count(home);
      } else {
        names.count(name);
      }
      addresses.count(network);
    }

    /** Takes the try back: it was not looked at. */
    void undo() {
      if (atHome) {
        homes.undo(home);
      } else {
        names.undo(name);
      }
      addresses.undo(network);
    }

    /** The password was right. */
    void succeeded() {
      homes.forget(home);
      if (!atHome) {
        names.forget(name);
      }
      addresses.undo(network);
      synchronized (familiar) {
        familiar.put(home, true);
      }
    }
  }

  /** What a try brings: the try, or how long it has to wait. */
  record Begun(Attempt attempt, Duration left) {}

  /** Begins a try unless it has to wait. */
  synchronized Begun begin(String name, String address) {
    Attempt attempt = new Attempt(name, address);
    Duration left = attempt.left();
    if (left.isZero()) {
      attempt.count();
    }
    return new Begun(attempt, left);
  }

  /** Forgets the failures of a name, whose password is another now. */
  void forget(String name) {
    names.forget(name);
  }
}
