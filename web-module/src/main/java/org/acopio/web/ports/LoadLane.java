package org.acopio.web.ports;

import java.net.InetSocketAddress;

/**
 * The load on one port: what was wanted, and what came of it. One thread counts; any may read, and
 * sees figures of one moment or the next.
 */
final class LoadLane {
  final InetSocketAddress server;
  final String concurrency;

  /** What each connection begins with. */
  final byte[] header;

  final Latencies latencies = new Latencies();

  /** Connections that were begun; for the thread of the load alone. */
  int begun;

  /** Of these, those of which is known whether they could be made; for that thread too. */
  int settled;

  /** Connections that are open. */
  volatile int open;

  /** Connections that could not be made. */
  volatile int failed;

  /** Connections that the server ended. */
  volatile int lost;

  volatile long sent;
  volatile long answered;

  private Latencies.Quantiles lastKnown = Latencies.Quantiles.NONE;
  private volatile Latencies.Quantiles quantiles = Latencies.Quantiles.NONE;

  LoadLane(InetSocketAddress server, String concurrency, byte[] header) {
    this.server = server;
    this.header = header.clone();
    this.concurrency = concurrency;
  }

  /** Of the last second; when the load is over, of the last one that had answers. */
  Latencies.Quantiles quantiles() {
    return quantiles;
  }

  /** A second is over; for the thread of the load. */
  void measure() {
    quantiles = latencies.take();
    lastKnown = quantiles.known() ? quantiles : lastKnown;
  }

  /** The load is over; for its thread. What a piece of a second had counts only if it is all. */
  void end() {
    Latencies.Quantiles rest = latencies.take();
    quantiles = lastKnown.known() ? lastKnown : rest;
  }
}
