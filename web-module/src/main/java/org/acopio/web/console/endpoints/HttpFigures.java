package org.acopio.web.console.endpoints;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The requests to this application, whatever they are for. Connections and bytes are the
 * container's affair, which does not tell them. Thread-safe; counting takes no lock.
 */
@ApplicationScoped
public class HttpFigures {
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder served = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private volatile int port;

  void began(int localPort) {
    port = localPort;
    open.incrementAndGet();
  }

  void ended(long tookNanos) {
    open.decrementAndGet();
    served.increment();
    nanos.add(tookNanos);
  }

  /** The server's port that the last request came to, 0 before the first. */
  int port() {
    return port;
  }

  /** Requests that are being served. */
  int open() {
    return open.get();
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
