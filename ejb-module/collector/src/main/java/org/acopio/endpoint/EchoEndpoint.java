package org.acopio.endpoint;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.nio.ByteBuffer;
import org.acopio.server.Acopio;
import org.acopio.session.SessionKind;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;

/** Echo on the ports of all three echo servers that this one replaces. */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "echo"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.echo.ports:9999,4000,65432}"),
      @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "selector"),
      @ActivationConfigProperty(propertyName = "execution", propertyValue = "event-loop"),
      @ActivationConfigProperty(
          propertyName = "maxConnections",
          propertyValue = Activation.MAX_CONNECTIONS),
      @ActivationConfigProperty(propertyName = "bindAddress", propertyValue = Activation.BIND),
      @ActivationConfigProperty(propertyName = "framing", propertyValue = "raw"),
      @ActivationConfigProperty(
          propertyName = "maxConnectionsPerAddress",
          propertyValue = Activation.MAX_CONNECTIONS_PER_ADDRESS),
      @ActivationConfigProperty(
          propertyName = "firstByteTimeout",
          propertyValue = Activation.FIRST_BYTE),
      @ActivationConfigProperty(propertyName = "idleTimeout", propertyValue = Activation.IDLE),
      @ActivationConfigProperty(propertyName = "drainTimeout", propertyValue = Activation.DRAIN),
      @ActivationConfigProperty(
          propertyName = "proxyProtocol",
          propertyValue = Activation.PROXY_PROTOCOL)
    })
@TransactionManagement(TransactionManagementType.CONTAINER)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EchoEndpoint implements TcpListener {
  private static final System.Logger LOG = System.getLogger(EchoEndpoint.class.getName());

  @EJB private Acopio acopio;
  private TcpListener service;

  @PostConstruct
  void start() {
    service = new EchoService(new Reception(SessionKind.ECHO, acopio.sessions(), LOG));
  }

  @Override
  public void opened(TcpConnection connection) {
    service.opened(connection);
  }

  @Override
  public void message(TcpConnection connection, ByteBuffer message) {
    service.message(connection, message);
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
