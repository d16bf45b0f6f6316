package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.ByteBuffer;
import org.acopio.ingest.Conversation;
import org.acopio.ingest.Ingest;
import org.acopio.ingest.Line;
import org.acopio.server.Acopio;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;

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
      @ActivationConfigProperty(
          propertyName = "bindAddress",
          propertyValue = "${acopio.bind:127.0.0.1}"),
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
      @ActivationConfigProperty(
          propertyName = "drainTimeout",
          propertyValue = "${acopio.socket.drain:PT5S}"),
      @ActivationConfigProperty(
          propertyName = "proxyProtocol",
          propertyValue = "${acopio.socket.proxy-protocol:false}")
    })
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IngestEndpoint implements TcpListener {
  /** Requests served at once. Each worker keeps a bean, and some containers pool 32 at most. */
  static final String WORKERS = "24";

  @EJB private Acopio acopio;

  @Override
  public void opened(TcpConnection connection) {
    connection.attach(ingest().begin(connection.remoteAddress().getAddress(), new Way(connection)));
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    conversation(connection).received(message);
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    conversation(connection).inputEnded();
  }

  /** An open collection outlives its connections: the client may come back with its ticket. */
  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    connection.attach(null);
  }

  Ingest ingest() {
    return acopio.ingest();
  }

  private static Conversation conversation(TcpConnection connection) {
    if (connection.attachment() instanceof Conversation conversation) {
      return conversation;
    }
    throw new IllegalStateException("connection " + connection.id() + " was never opened");
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
