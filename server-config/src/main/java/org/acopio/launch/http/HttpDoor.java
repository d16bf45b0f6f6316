package org.acopio.launch.http;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.acopio.launch.http.Visits.Welcome;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOEventLifeCycleListener;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.strategies.AbstractIOStrategy;

/**
 * How one HTTP port of the container takes connections: as it always does, but within {@link
 * HttpLimits}, by few threads until there is a request, and with a pause when the system gives no
 * descriptor. Without the pause the thread that accepts would try again at once, for ever, with a
 * whole processor.
 */
@SuppressWarnings("rawtypes") // The container's interface has them.
public final class HttpDoor extends AbstractIOStrategy {
  private static final Logger LOG = Logger.getLogger(HttpDoor.class.getName());
  private static final long SWEEP_MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 500;

  static {
    SingleUse.ofRequests();
  }

  private final HttpLimits limits;
  private final Visits visits;
  private final Readers readers = new Readers();
  private final Attribute<Visit> visitOf =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpDoor.class.getName());
  private final Complaints crowds = new Complaints(LOG);
  private final Complaints failures = new Complaints(LOG);
  private final AtomicBoolean open = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "acopio-http-door");
            thread.setDaemon(true);
            return thread;
          });

  private HttpDoor(HttpLimits limits) {
    this.limits = limits;
    this.visits = new Visits(limits);
  }

  /** A door for one port: the container asks each class of this kind by this method. */
  public static HttpDoor getInstance() {
    return new HttpDoor(HttpLimits.of(System.getProperties()));
  }

  @Override
  public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled)
      throws IOException {
    if (event == IOEvent.SERVER_ACCEPT) {
      accept(connection);
    } else {
      handle(connection, event, enabled);
    }
    return true;
  }

  /** As the container's own strategy, but by few threads until there is a request. */
  private void handle(Connection connection, IOEvent event, boolean enabled) throws IOException {
    if (isReadWrite(event) && enabled) {
      connection.disableIOEvent(event);
    }
    IOEventLifeCycleListener after = isReadWrite(event) ? ENABLE_INTEREST_LIFECYCLE_LISTENER : null;
    Executor pool = getThreadPoolFor(connection, event);
    if (pool == null) {
      fireIOEvent(connection, event, after, LOG);
    } else {
      readers.read(pool, () -> fireIOEvent(connection, event, after, LOG));
    }
  }

  private void accept(Connection connection) throws IOException {
    if (open.compareAndSet(false, true)) {
      furnish((FilterChain) connection.getTransport().getProcessor());
      if (connection.getLocalAddress() instanceof InetSocketAddress port) {
        publish(port.getPort());
      }
    }
    connection.getTransport().fireIOEvent(IOEvent.SERVER_ACCEPT, connection, new Pause());
  }

  /** Before the first connection is accepted, so that none slips by. */
  private void furnish(FilterChain chain) {
    int codec = chain.indexOfType(HttpServerFilter.class);
    chain.add(codec + 1, new Requests(visits, visitOf, readers));
    // Behind what reads the bytes.
    chain.add(1, new Entrance(visits, limits, visitOf, this::refused));
    clock.scheduleWithFixedDelay(
        () -> visits.sweep(System.nanoTime()), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A port works without its figures, so a failure is only reported. */
  private void publish(int port) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName name = new ObjectName("org.acopio:type=HttpPort,port=" + port);
      if (beans.isRegistered(name)) {
        // Of a listener that was on this port before.
        beans.unregisterMBean(name);
      }
      beans.registerMBean(visits, name);
    } catch (JMException e) {
      LOG.log(Level.WARNING, "The figures of HTTP port " + port + " cannot be published", e);
    }
  }

  private void refused(Welcome why, InetSocketAddress peer) {
    crowds.say(
        why == Welcome.FULL
            ? "HTTP has "
                + limits.connections()
                + " connections, as many as acopio.http.max-connections allows; others are closed"
            : "HTTP has "
                + limits.connectionsPerAddress()
                + " connections from "
                + peer.getAddress().getHostAddress()
                + ", as many as acopio.http.max-connections-per-address allows; others from there"
                + " are closed");
  }

  /** What happens when a connection cannot be accepted. */
  private final class Pause extends IOEventLifeCycleListener.Adapter {
    @Override
    public void onError(Context context, Object failure) throws IOException {
      Connection<?> port = context.getConnection();
      port.disableIOEvent(IOEvent.SERVER_ACCEPT);
      failures.say("HTTP cannot accept a connection for now: " + failure);
      clock.schedule(() -> goOn(port), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void goOn(Connection<?> port) {
      try {
        port.enableIOEvent(IOEvent.SERVER_ACCEPT);
      } catch (IOException e) {
        LOG.log(Level.SEVERE, "The HTTP port " + port.getLocalAddress() + " is closed", e);
      }
    }
  }
}
