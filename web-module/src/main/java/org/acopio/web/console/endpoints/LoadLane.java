package org.acopio.web.console.endpoints;

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

  /** Of the last second. */
  volatile Latencies.Quantiles quantiles = Latencies.Quantiles.NONE;

  LoadLane(InetSocketAddress server, String concurrency, byte[] header) {
    this.server = server;
    this.header = header.clone();
    this.concurrency = concurrency;
  }
}
