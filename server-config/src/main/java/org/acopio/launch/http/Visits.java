package org.acopio.launch.http;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who is connected to one HTTP port, and whose requests have a thread. No address gets
 * all connections or all threads. Thread-safe.
 */
final class Visits implements HttpPortMXBean {
  private final HttpLimits limits;
  private final Map<Visit, Runnable> present = new LinkedHashMap<>();
  private final Map<InetAddress, Household> households = new HashMap<>();
  private final Set<Visit> late = new HashSet<>();
  private int peak;
  private long accepted;
  private long refusedFull;
  private long refusedOfAddress;
  private long timedOut;

  /** What one address has. */
  private static final class Household {
    private int connections;
    private final Set<Visit> served = new HashSet<>();
    private final Queue<Turn> waiting = new ArrayDeque<>();

    @Nullable Runnable next() {
      if (served.size() >= HttpLimits.REQUESTS_PER_ADDRESS || waiting.isEmpty()) {
        return null;
      }
      Turn turn = waiting.remove();
      served.add(turn.visit);
      return turn.action;
    }
  }

  private record Turn(Visit visit, Runnable action) {}

  /** Whether there was room for a connection. */
  enum Welcome {
    COME,
    FULL,
    ADDRESS_FULL
  }

  Visits(HttpLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a connection, if there is room for it.
   *
   * @param end what ends it when it is late
   */
  synchronized Welcome come(Visit visit, Runnable end) {
    if (present.size() >= limits.connections()) {
      refusedFull++;
      return Welcome.FULL;
    }
    Household household = households.computeIfAbsent(visit.address(), address -> new Household());
    if (household.connections >= limits.connectionsPerAddress()) {
      refusedOfAddress++;
      return Welcome.ADDRESS_FULL;
    }
    household.connections++;
    present.put(visit, end);
    accepted++;
    peak = Math.max(peak, present.size());
    return Welcome.COME;
  }

  /**
   * Forgets a connection that is over; what waited for its thread is run by the caller's thread.
   */
  void go(Visit visit) {
    Runnable next;
    synchronized (this) {
      Household household = households.get(visit.address());
      if (household == null || present.remove(visit) == null) {
        return;
      }
      late.remove(visit);
      household.waiting.removeIf(turn -> turn.visit == visit);
      household.served.remove(visit);
      next = household.next();
      if (--household.connections == 0) {
        households.remove(visit.address());
      }
    }
    run(next);
  }

  /** Takes a thread for a request; refuses when its address has too many now. */
  synchronized boolean begin(Visit visit) {
    Household household = households.get(visit.address());
    if (household == null || !present.containsKey(visit)) {
      return true; // It is over; who serves it will see.
    }
    if (household.served.size() >= HttpLimits.REQUESTS_PER_ADDRESS) {
      return false;
    }
    household.served.add(visit);
    return true;
  }

  /** Lets a request wait behind the others of its address; its turn may come at once. */
  void await(Visit visit, Runnable turn) {
    Runnable next;
    synchronized (this) {
      Household household = households.get(visit.address());
      if (household == null || !present.containsKey(visit)) {
        return;
      }
      household.waiting.add(new Turn(visit, turn));
      next = household.next();
    }
    run(next);
  }

  /** Gives the thread of a request back; the next one of the address goes on. */
  void end(Visit visit) {
    Runnable next;
    synchronized (this) {
      Household household = households.get(visit.address());
      next = household != null && household.served.remove(visit) ? household.next() : null;
    }
    run(next);
  }

  private static void run(@Nullable Runnable next) {
    if (next != null) {
      next.run();
    }
  }

  /** Ends those who are late. */
  void sweep(long now) {
    List<Runnable> ends = new ArrayList<>();
    synchronized (this) {
      present.forEach(
          (visit, end) -> {
            if (visit.isLate(now)) {
              ends.add(end);
              timedOut += late.add(visit) ? 1 : 0;
            }
          });
    }
    ends.forEach(Runnable::run);
  }

  @Override
  public int getMaxConnections() {
    return limits.connections();
  }

  @Override
  public int getMaxConnectionsPerAddress() {
    return limits.connectionsPerAddress();
  }

  @Override
  public synchronized int getOpen() {
    return present.size();
  }

  @Override
  public synchronized int getPeakOpen() {
    return peak;
  }

  @Override
  public synchronized long getAccepted() {
    return accepted;
  }

  @Override
  public synchronized long getRefused() {
    return refusedFull + refusedOfAddress;
  }

  @Override
  public synchronized long getRefusedOfAddress() {
    return refusedOfAddress;
  }

  @Override
  public synchronized long getTimedOut() {
    return timedOut;
  }
}
