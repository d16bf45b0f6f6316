package org.acopio.endpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.acopio.catalog.CatalogException;
import org.acopio.identity.Identities;
import org.acopio.identity.Identities.Certified;
import org.acopio.ingest.Conversation;
import org.acopio.ingest.Ingest;
import org.acopio.ingest.Line;
import org.acopio.session.Session;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the ingest protocol. Its calls reach disk and catalog, so they may block. Who comes with
 * TLS has shown a certificate of this server's authority; whose it is and whether it holds, the
 * catalog says before a byte of the protocol is read.
 */
final class IngestService implements TcpListener {
  private static final Logger LOG = System.getLogger(IngestService.class.getName());

  private final Ingest ingest;
  private final Reception reception;
  private final Supplier<Identities> identities;

  /** Who sends, and what is spoken with them. */
  private record Visit(Session session, Conversation conversation, Optional<Pass> pass) {}

  /** What a certificate lets its PC do, until the identity is revoked. */
  private record Pass(Certified certified, Runnable end) {}

  /**
   * @param identities asked for when somebody comes with TLS
   */
  IngestService(Ingest ingest, Reception reception, Supplier<Identities> identities) {
    this.ingest = ingest;
    this.reception = reception;
    this.identities = identities;
  }

  @Override
  public void opened(TcpConnection connection) {
    Optional<Pass> pass = Optional.empty();
    if (connection.secure()) {
      pass = pass(connection);
      if (pass.isEmpty()) {
        connection.close();
        return;
      }
    }
    Conversation conversation =
        ingest.begin(
            connection.remoteAddress(),
            pass.map(held -> held.certified().agent()),
            new Way(connection));
    Session session = reception.arrived(new TcpLink(connection, conversation::served));
    connection.attach(new Visit(session, conversation, pass));
  }

  /**
   * Nothing when the certificate does not hold any more, or the catalog cannot say that it does.
   */
  private Optional<Pass> pass(TcpConnection connection) {
    Runnable end = connection::close;
    try {
      Optional<Pass> pass =
          identities
              .get()
              .admit(connection.certificates().get(0).getPublicKey(), end)
              .map(certified -> new Pass(certified, end));
      if (pass.isEmpty()) {
        LOG.log(
            Level.INFO,
            "{0} is refused: its certificate is revoked, or not known to the catalog",
            connection.remoteAddress());
      }
      return pass;
    } catch (CatalogException e) {
      LOG.log(
          Level.WARNING,
          "{0} is refused for now: whether its certificate holds cannot be told: {1}",
          connection.remoteAddress(),
          e.getMessage());
      return Optional.empty();
    }
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
    if (visit != null) {
      visit.pass.ifPresent(pass -> identities.get().left(pass.certified(), pass.end()));
    }
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
