package org.acopio.endpoint;

import java.nio.ByteBuffer;
import org.acopio.session.Session;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;

/**
 * Sends every byte back to the client that it came from, in order. What a client has not taken yet
 * waits in the queue of its own connection, which is bounded: while it is full, nothing more is
 * read from that client, and no other one waits.
 */
final class EchoService implements TcpListener {
  private final Reception reception;

  EchoService(Reception reception) {
    this.reception = reception;
  }

  @Override
  public void opened(TcpConnection connection) {
    connection.attach(reception.arrived(new TcpLink(connection)));
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    if (connection.attachment() instanceof Session session) {
      reception.heard(session, message);
    }
    connection.write(message);
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    // What waits is still sent: that is the rest of the echo.
  }

  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    Session session = connection.attachment() instanceof Session attached ? attached : null;
    reception.left(session, new TcpLink(connection), reason);
  }
}
