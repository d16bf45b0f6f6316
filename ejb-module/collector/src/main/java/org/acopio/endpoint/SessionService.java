package org.acopio.endpoint;

import java.nio.ByteBuffer;
import java.time.Clock;
import org.acopio.session.Session;
import org.acopio.session.SessionProtocol;
import org.acopio.session.SessionProtocol.Answer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.jspecify.annotations.Nullable;

/** Speaks the session protocol, in whichever form of concurrency the adapter calls it. */
final class SessionService implements TcpListener {
  private final Reception reception;
  private final Clock clock;

  /** Who is served, and what is spoken with them. */
  private record Visit(Session session, SessionProtocol protocol) {}

  SessionService(Reception reception, Clock clock) {
    this.reception = reception;
    this.clock = clock;
  }

  @Override
  public void opened(TcpConnection connection) {
    SessionProtocol protocol = new SessionProtocol(clock, connection::age);
    Session session = reception.arrived(new TcpLink(connection, protocol::messages));
    connection.attach(new Visit(session, protocol));
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    Visit visit = visit(connection);
    if (visit != null) {
      reception.heard(visit.session, message);
      send(connection, visit.protocol.read(message));
    }
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    Visit visit = visit(connection);
    if (visit != null) {
      send(connection, visit.protocol.inputEnded());
    }
  }

  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    Visit visit = visit(connection);
    reception.left(visit == null ? null : visit.session, new TcpLink(connection), reason);
  }

  private static void send(TcpConnection connection, Answer answer) {
    if (answer.bytes().hasRemaining()) {
      connection.write(answer.bytes());
    }
    if (answer.last()) {
      connection.close();
    }
  }

  private static @Nullable Visit visit(TcpConnection connection) {
    return connection.attachment() instanceof Visit visit ? visit : null;
  }
}
