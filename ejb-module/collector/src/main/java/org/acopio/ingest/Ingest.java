package org.acopio.ingest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.acopio.collect.CollectSettings;
import org.acopio.collect.Collector;
import org.acopio.collect.Peer;
import org.acopio.collect.Transport;
import org.acopio.remote.Sha256;

/** The ingest protocol over a collector. Thread-safe. */
public final class Ingest {
  /** Room of a frame beside the bytes of its blocks: their heads, or the paths of one offer. */
  private static final int HEADS_BYTES = 1 << 20;

  private static final int ITEM_BYTES = 64;

  private final Collector collector;
  private final int maxFrameBytes;
  private final LongSupplier nanos;

  /**
   * The protocol over a collector that stays the caller's to close.
   *
   * @param limits those of the collector; they decide how long a frame may be
   */
  public Ingest(Collector collector, CollectSettings limits) {
    this(collector, limits, System::nanoTime);
  }

  /** The same, by another monotonic clock. */
  Ingest(Collector collector, CollectSettings limits, LongSupplier nanos) {
    this.collector = collector;
    this.maxFrameBytes =
        Math.addExact(limits.sendBytes(), ITEM_BYTES * limits.batchItems() + HEADS_BYTES);
    this.nanos = nanos;
  }

  /** Most bytes of one frame behind its length. */
  int maxFrameBytes() {
    return maxFrameBytes;
  }

  /** Begins to speak with a client that has just connected and showed no certificate. */
  public Conversation begin(InetSocketAddress client, Line line) {
    return begin(client, Optional.empty(), line);
  }

  /**
   * Begins to speak with a client that has just connected.
   *
   * @param client where the connection comes from; its address names the client's folder
   * @param agent whose certificate the connection showed
   */
  public Conversation begin(InetSocketAddress client, Optional<Sha256> agent, Line line) {
    Peer peer = new Peer(folder(client.getAddress()), client.getPort(), Transport.INGEST, agent);
    Calls calls = new Calls(collector, peer, line);
    return new Conversation(calls, line, maxFrameBytes, new Pace(nanos));
  }

  /**
   * The address as the other transports write it: numeric, without a scope, and one of IPv4 as such
   * even when the socket speaks IPv6.
   */
  static String folder(InetAddress client) {
    try {
      return InetAddress.getByAddress(client.getAddress()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has the length of an address", e);
    }
  }
}
