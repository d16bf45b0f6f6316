package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.time.Clock;
import org.acopio.server.Acopio;
import org.acopio.session.SessionKind;
import org.acopio.socket.TcpListener;

/** The session protocol with a selector: few threads for all clients. */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "session-selector"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.session.selector-ports:6668}"),
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
public class SelectorSessionEndpoint extends ServedEndpoint {
  private static final System.Logger LOG =
      System.getLogger(SelectorSessionEndpoint.class.getName());

  @Override
  TcpListener service(Acopio server) {
    return new SessionService(
        new Reception(SessionKind.SESSION_SELECTOR, server.sessions(), LOG),
        Clock.systemDefaultZone());
  }
}
