package org.acopio.endpoint;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.ByteBuffer;
import org.acopio.ingest.Conversation;
import org.acopio.ingest.Line;
import org.acopio.server.Acopio;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.jspecify.annotations.Nullable;

/**
 * The ingest port. Sockets are non-blocking; requests reach disk and catalog, so they run on worker
 * threads, those of one connection in order. Bytes come raw: the protocol itself finds the frames,
 * so that whoever sends something else is told what is wrong before the connection ends.
 */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "ingest"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.ingest.ports:1100}"),
      @ActivationConfigProperty(propertyName = "bindAddress", propertyValue = Activation.BIND),
      @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "selector"),
      @ActivationConfigProperty(propertyName = "execution", propertyValue = "worker"),
      @ActivationConfigProperty(propertyName = "workers", propertyValue = IngestEndpoint.WORKERS),
      @ActivationConfigProperty(propertyName = "framing", propertyValue = "raw"),
      @ActivationConfigProperty(
          propertyName = "firstByteTimeout",
          propertyValue = "${acopio.ingest.first-byte:PT30S}"),
      @ActivationConfigProperty(
          propertyName = "idleTimeout",
          propertyValue = "${acopio.ingest.idle:PT5M}"),
      @ActivationConfigProperty(
          propertyName = "maxConnections",
          propertyValue = "${acopio.ingest.max-connections:4000}"),
      @ActivationConfigProperty(
          propertyName = "maxConnectionsPerAddress",
          propertyValue = "${acopio.ingest.max-connections-per-address:1000}"),
      @ActivationConfigProperty(propertyName = "drainTimeout", propertyValue = Activation.DRAIN),
      @ActivationConfigProperty(
          propertyName = "proxyProtocol",
          propertyValue = Activation.PROXY_PROTOCOL)
    })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IngestEndpoint implements TcpListener {
  /** Requests served at once, each with a bean; WEB-INF/glassfish-ejb-jar.xml allows as many. */
  static final String WORKERS = "48";

  private static final System.Logger LOG = System.getLogger(IngestEndpoint.class.getName());

  @EJB private Acopio acopio;
  private Reception reception;

  /** Who sends, and what is spoken with them. */
  private record Visit(Session session, Conversation conversation) {}

  @PostConstruct
  void start() {
    reception = new Reception(SessionKind.INGEST, acopio.sessions(), LOG);
  }

  @Override
  public void opened(TcpConnection connection) {
    Conversation conversation =
        acopio.ingest().begin(connection.remoteAddress().getAddress(), new Way(connection));
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
    public void close() {
      connection.close();
    }
  }
}
