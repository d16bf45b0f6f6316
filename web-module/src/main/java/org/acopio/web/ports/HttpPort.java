package org.acopio.web.ports;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests that come to one port of the container, whatever they are for. Connections and bytes
 * are the container's affair, which does not tell them. Thread-safe; counting takes no lock.
 */
final class HttpPort {
  private final int port;
  private final OptionalInt maxOpen;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private volatile boolean secure;

  /**
   * @param secure whether connections are protected by TLS, as far as is known yet
   * @param maxOpen the most requests that are served at once, on all ports of HTTP together
   */
  HttpPort(int port, boolean secure, OptionalInt maxOpen) {
    this.port = port;
    this.secure = secure;
    this.maxOpen = maxOpen;
  }

  void began(boolean protectedByTls) {
    secure = protectedByTls;
    int now = open.incrementAndGet();
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
  }

  void ended(long tookNanos) {
    open.decrementAndGet();
    served.increment();
    nanos.add(tookNanos);
  }

  int port() {
    return port;
  }

  boolean secure() {
    return secure;
  }

  OptionalInt maxOpen() {
    return maxOpen;
  }

  /** Requests that are being served. */
  int open() {
    return open.get();
  }

  /** The most requests that were served at once. */
  int peak() {
    return peak.get();
  }

  /** Requests that were served since the start. */
  long served() {
    return served.sum();
  }

  /** How long all of them took together. */
  long nanos() {
    return nanos.sum();
  }
}
