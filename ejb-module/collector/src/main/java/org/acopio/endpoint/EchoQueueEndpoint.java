package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.acopio.server.Acopio;
import org.acopio.session.SessionKind;
import org.acopio.socket.TcpListener;

/**
 * Echo by one thread for all clients: each piece waits in its own sender's queue until it is sent
 * back.
 */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "echo-queue"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.echo.queue-ports:10000}"),
      @ActivationConfigProperty(propertyName = "eventLoops", propertyValue = "1"),
      @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "selector"),
      @ActivationConfigProperty(propertyName = "execution", propertyValue = "event-loop"),
      @ActivationConfigProperty(propertyName = "deliveryUnit", propertyValue = "turn"),
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
public class EchoQueueEndpoint extends ServedEndpoint {
  private static final System.Logger LOG = System.getLogger(EchoQueueEndpoint.class.getName());

  @Override
  TcpListener service(Acopio server) {
    return new EchoService(new Reception(SessionKind.ECHO_QUEUE, server.sessions(), LOG));
  }
}
