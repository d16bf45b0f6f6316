package org.acopio.socket.delivery;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the connections of one port, in all and for each address, and lets no more in than the
 * limits. Thread-safe: a limit is never passed, not even for a moment.
 */
public final class Admission {
  private final int most;
  private final int mostPerAddress;
  private final AtomicInteger inside = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  public Admission(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** Takes one of the places, if one is free. Each place taken is given back by {@link #leave}. */
  public boolean enter() {
    int before = inside.getAndUpdate(count -> count < most ? count + 1 : count);
    return before < most;
  }

  public void leave() {
    inside.decrementAndGet();
  }

  /** Takes one of an address's places, if one is free; given back by the other method. */
  public boolean enter(InetAddress address) {
    if (mostPerAddress >= most) {
      return true;
    }
    boolean[] entered = new boolean[1];
    perAddress.compute(
        address,
        (key, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < mostPerAddress;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  public void leave(InetAddress address) {
    if (mostPerAddress < most) {
      perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** How many are inside. */
  public int inside() {
    return inside.get();
  }

  /** How many addresses are counted; none once all have left. */
  int addresses() {
    return perAddress.size();
  }
}
