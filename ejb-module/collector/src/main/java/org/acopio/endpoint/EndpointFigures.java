package org.acopio.endpoint;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One listening port and its figures of the moment, which count from its opening. What its
 * transport does not tell is empty.
 *
 * @param name of its endpoint, such as {@code session-thread}
 * @param address that is listened on, numeric
 * @param port that is open
 * @param concurrency {@code selector}, {@code thread} or {@code rmi}
 * @param secure whether connections are protected by TLS
 * @param maxConnections most connections at once
 * @param maxConnectionsPerAddress most connections at once from one address
 * @param open connections that are open
 * @param peakOpen the most that were open at once
 * @param threads that serve this port
 * @param maxThreads the most that may; not told where each connection has its own
 * @param accepted connections that were accepted and served
 * @param refused connections that were turned away because of a limit or a pause
 * @param refusedOfAddress those of them that came from an address that had as many as it may have
 * @param timedOut connections that were closed because of a deadline
 * @param failed connections that a fault of peer, network or server ended
 * @param messages that came
 * @param bytesRead bytes from clients
 * @param bytesWritten bytes to clients
 * @param switchable whether it can be paused and resumed
 * @param paused whether new connections are turned away
 */
public record EndpointFigures(
    String name,
    String address,
    int port,
    String concurrency,
    boolean secure,
    int maxConnections,
    OptionalInt maxConnectionsPerAddress,
    int open,
    OptionalInt peakOpen,
    int threads,
    OptionalInt maxThreads,
    long accepted,
    OptionalLong refused,
    OptionalLong refusedOfAddress,
    long timedOut,
    long failed,
    long messages,
    long bytesRead,
    long bytesWritten,
    boolean switchable,
    boolean paused) {
  public EndpointFigures {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(concurrency, "concurrency");
  }

  /** Where to dial from this machine. */
  public InetSocketAddress fromHere() {
    try {
      InetAddress listening = InetAddress.getByName(address);
      return new InetSocketAddress(
          listening.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listening, port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("'" + address + "' is no numeric address", e);
    }
  }
}
