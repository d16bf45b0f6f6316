package org.acopio.socket.adapter;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAResource;
import org.acopio.socket.selector.SharedLoops;
import org.acopio.socket.settings.Failure;

/**
 * The life of the TCP adapter inside a container: started once, stopped once, with any number of
 * activations between. Thread-safe.
 *
 * <p>Two instances are equal, as Jakarta Connectors 2.1 asks of instances with the same
 * configuration: the adapter itself has none, everything belongs to the activations.
 */
public final class TcpResourceAdapter implements ResourceAdapter {
  private static final Logger LOG = System.getLogger(TcpResourceAdapter.class.getName());

  private final Map<ActivationKey, Activation> activations = new ConcurrentHashMap<>();
  private final SharedLoops sharedLoops = new SharedLoops();
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean started;

  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    started = true;
    LOG.log(Level.DEBUG, "TCP resource adapter started");
  }

  /** Ends all activations that are left; each has its own time to drain, side by side. */
  @Override
  public void stop() {
    started = false;
    List<Activation> left = new ArrayList<>(activations.values());
    activations.clear();
    left.forEach(Activation::beginStop);
    left.forEach(Activation::end);
    LOG.log(Level.DEBUG, "TCP resource adapter stopped");
  }

  /**
   * Opens the ports of an activation. When this returns all of them are listened on; connections
   * wait until the container gives a bean.
   *
   * @throws NotSupportedException if the spec is not a {@link TcpActivationSpec}
   * @throws ResourceException if a property is wrong or a port cannot be opened; then none is open
   */
  @Override
  public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec)
      throws ResourceException {
    if (!(spec instanceof TcpActivationSpec ours)) {
      throw new NotSupportedException(
          Failure.FOREIGN_SPEC.text(spec.getClass().getName(), TcpActivationSpec.class.getName()));
    }
    if (!started) {
      throw new ResourceException(Failure.NOT_STARTED.text(ours.getName()));
    }
    ActivationKey key = new ActivationKey(endpoints, spec);
    if (activations.containsKey(key)) {
      throw new ResourceException(Failure.ALREADY_ACTIVE.text(ours.getName()));
    }
    activations.put(
        key,
        Activation.open(endpoints, ours.settings(), sharedLoops, connections::incrementAndGet));
  }

  /** Ends an activation; what is not active is passed over, since a container may ask twice. */
  @Override
  public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
    Activation ended = activations.remove(new ActivationKey(endpoints, spec));
    if (ended != null) {
      ended.beginStop();
      ended.end();
    }
  }

  /** None: sockets are not transactional resources. */
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
