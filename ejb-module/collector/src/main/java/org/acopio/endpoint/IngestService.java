package org.acopio.endpoint;

import java.nio.ByteBuffer;
import org.acopio.ingest.Conversation;
import org.acopio.ingest.Ingest;
import org.acopio.ingest.Line;
import org.acopio.session.Session;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.jspecify.annotations.Nullable;

/** Speaks the ingest protocol. Its calls reach disk and catalog, so they may block. */
final class IngestService implements TcpListener {
  private final Ingest ingest;
  private final Reception reception;

  /** Who sends, and what is spoken with them. */
  private record Visit(Session session, Conversation conversation) {}

  IngestService(Ingest ingest, Reception reception) {
    this.ingest = ingest;
    this.reception = reception;
  }

  @Override
  public void opened(TcpConnection connection) {
    Conversation conversation = ingest.begin(connection.remoteAddress(), new Way(connection));
    Session session = reception.arrived(new TcpLink(connection, conversation::served));
    connection.attach(new Visit(session, conversation));
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    Visit visit = visit(connection);
    if (visit != null) {
      visit.conversation.received(message);
    }
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    Visit visit = visit(connection);
    if (visit != null) {
      visit.conversation.inputEnded();
    }
  }

  /** An open collection outlives its connections: the client may come back with its ticket. */
  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    Visit visit = visit(connection);
    reception.left(visit == null ? null : visit.session, new TcpLink(connection), reason);
  }

  private static @Nullable Visit visit(TcpConnection connection) {
    return connection.attachment() instanceof Visit visit ? visit : null;
  }

  /** The connection as the protocol sees it. */
  private record Way(TcpConnection connection) implements Line {
    @Override
    public void send(ByteBuffer bytes) {
      connection.write(bytes);
    }

    @Override
    public void callsItself(String hostName) {
      Visit visit = visit(connection);
      if (visit != null) {
        visit.session.detail(hostName);
      }
    }

    @Override
    public void close() {
      connection.close();
    }

    @Override
    public void belongsTo(String ticket) {
      connection.joinGroup(ticket);
    }
  }
}
