package org.acopio.web.ports;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests that come to one port of the container, whatever they are for; {@link
 * HttpConnections} has its connections. Thread-safe; counting takes no lock.
 */
public final class HttpPort {
  /** How the container names the threads that serve requests. */
  private static final String THREADS = "http-thread-pool";

  private final int port;
  private final OptionalInt maxThreads;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private volatile boolean secure;

  /**
   * @param secure whether connections are protected by TLS, as far as is known yet
   * @param maxThreads the most threads that serve requests, of all ports of HTTP together
   */
  HttpPort(int port, boolean secure, OptionalInt maxThreads) {
    this.port = port;
    this.secure = secure;
    this.maxThreads = maxThreads;
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

  public int port() {
    return port;
  }

  boolean secure() {
    return secure;
  }

  /** What it speaks. */
  public String word() {
    return secure ? "https" : "http";
  }

  OptionalInt maxThreads() {
    return maxThreads;
  }

  /** Its connections; empty when the launcher has not counted any. */
  public Optional<HttpConnections> connections() {
    return HttpConnections.of(port);
  }

  /** Whether its connections are counted, by the launcher, which also tells the threads. */
  public boolean isCounted() {
    return maxThreads.isPresent();
  }

  /** Threads that serve requests now, those of all ports of HTTP together. */
  public int threads() {
    return ThreadNames.count(THREADS);
  }

  /** Requests that are being served. */
  public int open() {
    return open.get();
  }

  /** The most requests that were served at once. */
  int peak() {
    return peak.get();
  }

  /** Requests that were served since the start. */
  public long served() {
    return served.sum();
  }

  /** How long all of them took together. */
  public long nanos() {
    return nanos.sum();
  }
}
