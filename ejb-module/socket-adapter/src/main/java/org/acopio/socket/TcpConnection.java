package org.acopio.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One live TCP connection, as its listener sees it. Thread-safe. */
public interface TcpConnection {
  /** A number that no other connection of this adapter has had since its start. */
  long id();

  /** The name of the activation that accepted the connection. */
  String endpoint();

  /** The client; what the PROXY header says where the PROXY protocol is on. */
  InetSocketAddress remoteAddress();

  /** The address and port that the client dialled. */
  InetSocketAddress localAddress();

  /** Whether TLS protects the connection. */
  boolean secure();

  /**
   * The certificates that the client proved itself with: its own first, which leads by way of the
   * others to an authority of the endpoint. Empty when it showed none, and without TLS.
   */
  List<X509Certificate> certificates();

  /** When it was accepted, by the system's clock. */
  Instant openedAt();

  /** How long it has been open, by a monotonic clock; stands still once it is closed. */
  Duration age();

  /** How many messages were given to the listener. */
  long messagesRead();

  /** Bytes that arrived, without TLS and PROXY header. */
  long bytesRead();

  /** Bytes that were written, whether or not they have left yet. */
  long bytesWritten();

  /**
   * Sends bytes after all that was written before. Returns at once; the bytes are copied. While
   * more than the high-water mark waits to be sent, nothing is read from this connection. Without
   * effect on a connection that is closing.
   *
   * @param bytes from position to limit; consumed
   */
  void write(ByteBuffer bytes);

  /** Closes after what was written has been sent. Repeating it is harmless. */
  void close();

  /** Whether neither side has begun to close it. */
  boolean isOpen();

  /** Keeps an object with the connection, in place of the one before. */
  void attach(@Nullable Object attachment);

  /** What was attached last, or {@code null}. */
  @Nullable Object attachment();

  /**
   * Says that this connection belongs to one client with others. Where workers deliver, those of
   * one address get half of them at most, and those of one group a third, so that a client whose
   * deliveries block leaves workers for others: to other addresses always, to other groups of its
   * address once they have joined. Holds from the next delivery on; the last group counts. All of
   * an address that have joined none are a group too.
   *
   * @param key with {@code equals} and {@code hashCode} of its own; groups of different addresses
   *     are different ones
   */
  void joinGroup(Object key);
}
