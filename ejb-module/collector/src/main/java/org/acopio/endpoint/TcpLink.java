package org.acopio.endpoint;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.acopio.session.Link;
import org.acopio.socket.TcpConnection;

/**
 * A connection of the adapter under a session.
 *
 * @param connection of the adapter
 * @param counted messages as the endpoint counts them
 */
record TcpLink(TcpConnection connection, LongSupplier counted) implements Link {
  /** Each message of the adapter is one. */
  TcpLink(TcpConnection connection) {
    this(connection, connection::messagesRead);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return connection.remoteAddress();
  }

  @Override
  public int localPort() {
    return connection.localAddress().getPort();
  }

  @Override
  public Instant openedAt() {
    return connection.openedAt();
  }

  @Override
  public Duration age() {
    return connection.age();
  }

  @Override
  public long messages() {
    return counted.getAsLong();
  }

  @Override
  public long bytesRead() {
    return connection.bytesRead();
  }

  @Override
  public long bytesWritten() {
    return connection.bytesWritten();
  }

  @Override
  public void close() {
    connection.close();
  }
}
