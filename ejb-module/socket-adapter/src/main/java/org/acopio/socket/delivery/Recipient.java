package org.acopio.socket.delivery;

import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;

/**
 * Where the events of connections go. Each method returns {@code false} when the listener, or the
 * container around it, failed; that is logged by then. For one thread at a time.
 */
public interface Recipient {
  boolean opened(TcpConnection connection);

  boolean message(TcpConnection connection, ByteBuffer message);

  boolean inputEnded(TcpConnection connection);

  boolean closed(TcpConnection connection, CloseReason reason);
}
