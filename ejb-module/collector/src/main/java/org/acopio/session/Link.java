package org.acopio.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * The connection under a session, as its transport knows it. Implementations are thread-safe, and
 * none of the methods waits for the network.
 */
public interface Link {
  /** The client's address and port. */
  InetSocketAddress remoteAddress();

  /** The server's port that the client dialled. */
  int localPort();

  /** When the connection was made, by the system's clock. */
  Instant openedAt();

  /** For how long it has been, or was, open, by a monotonic clock. */
  Duration age();

  /** How many messages the client has sent so far. */
  long messages();

  /** Bytes that have come from the client so far. */
  long bytesRead();

  /** Bytes that were written to the client so far. */
  long bytesWritten();

  /** Begins to close the connection; repeating it is harmless. */
  void close();
}
