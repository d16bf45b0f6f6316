package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.time.Clock;
import org.acopio.server.Acopio;
import org.acopio.session.SessionKind;
import org.acopio.socket.TcpListener;

/** The session protocol with a thread for each client. */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "session-thread"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.session.thread-ports:6667}"),
      @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "thread"),
      @ActivationConfigProperty(
          propertyName = "maxConnections",
          propertyValue = Activation.MAX_THREADS),
      @ActivationConfigProperty(propertyName = "bindAddress", propertyValue = Activation.BIND),
      @ActivationConfigProperty(propertyName = "framing", propertyValue = "raw"),
      @ActivationConfigProperty(
          propertyName = "maxConnectionsPerAddress",
          propertyValue = Activation.MAX_THREADS_PER_ADDRESS),
      @ActivationConfigProperty(
          propertyName = "firstByteTimeout",
          propertyValue = Activation.FIRST_BYTE),
      @ActivationConfigProperty(propertyName = "idleTimeout", propertyValue = Activation.IDLE),
      @ActivationConfigProperty(propertyName = "drainTimeout", propertyValue = Activation.DRAIN),
      @ActivationConfigProperty(
          propertyName = "proxyProtocol",
          propertyValue = Activation.PROXY_PROTOCOL)
    })
public class ThreadSessionEndpoint extends ServedEndpoint {
  private static final System.Logger LOG = System.getLogger(ThreadSessionEndpoint.class.getName());

  @Override
  TcpListener service(Acopio server) {
    return new SessionService(
        new Reception(SessionKind.SESSION_THREAD, server.sessions(), LOG),
        Clock.systemDefaultZone());
  }
}
