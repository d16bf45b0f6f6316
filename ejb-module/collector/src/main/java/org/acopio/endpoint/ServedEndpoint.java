package org.acopio.endpoint;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.ByteBuffer;
import org.acopio.server.Acopio;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.acopio.socket.TcpTurn;

/**
 * A bean that hands what arrives on its ports to a service. The attribute stands here because it
 * holds for methods of the class that declares them (Jakarta Enterprise Beans 4.0 §8.3.7).
 */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public abstract class ServedEndpoint implements TcpListener {
  @EJB private Acopio acopio;
  private TcpListener service;

  /** What speaks the protocol of these ports. */
  abstract TcpListener service(Acopio server);

  @PostConstruct
  void start() {
    service = service(acopio);
  }

  @Override
  public void opened(TcpConnection connection) {
    service.opened(connection);
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    service.message(connection, message);
  }

  /** Stands here because of the class's attribute; the service itself is what is called. */
  @Override
  public void messages(TcpTurn turn) {
    turn.deliver(service);
  }

  @Override
  public void inputEnded(TcpConnection connection) {
    service.inputEnded(connection);
  }

  @Override
  public void closed(TcpConnection connection, CloseReason reason) {
    service.closed(connection, reason);
  }
}
