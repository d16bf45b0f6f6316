package org.acopio.socket;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.transaction.xa.XAResource;

/**
 * The life of the TCP adapter inside a container: started once, stopped once. This version declares
 * no message listener type in its {@code ra.xml}, so a container has nothing to activate on it.
 *
 * <p>Two instances are equal, as Jakarta Connectors 2.1 §5.3.3 asks of instances with the same
 * configuration: there is no configuration yet.
 */
public final class TcpResourceAdapter implements ResourceAdapter {
  private static final Logger LOG = System.getLogger(TcpResourceAdapter.class.getName());

  @Override
  public void start(BootstrapContext context) {
    LOG.log(Level.DEBUG, "TCP resource adapter started");
  }

  @Override
  public void stop() {
    LOG.log(Level.DEBUG, "TCP resource adapter stopped");
  }

  /**
   * Always refuses: this version serves no listener type (Jakarta Connectors 2.1 §13.4.2 names
   * {@link NotSupportedException} for that).
   */
  @Override
  public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec)
      throws ResourceException {
    throw new NotSupportedException(
        "ACOPIO-SOCKET-001: activation spec "
            + spec.getClass().getName()
            + " is not one of this adapter's: it declares no message listener type");
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
    // Nothing was activated, so there is nothing to release.
  }

  /** None: sockets are not transactional resources (Jakarta Connectors 2.1 §5.3.4). */
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TcpResourceAdapter;
  }

  @Override
  public int hashCode() {
    return TcpResourceAdapter.class.hashCode();
  }
}
