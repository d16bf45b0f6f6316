package org.acopio.endpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.MalformedObjectNameException;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.acopio.socket.TcpEndpointMXBean;

/**
 * The listening ports of the socket adapter in this JVM: their figures, and their switches. Holds
 * nothing itself. Thread-safe.
 */
public final class Endpoints {
  private static final Logger LOG = System.getLogger(Endpoints.class.getName());
  private static final ObjectName PATTERN = name(TcpEndpointMXBean.PATTERN);
  private static final String[] ATTRIBUTES = {
    "Name",
    "Address",
    "Port",
    "Concurrency",
    "Secure",
    "MaxConnections",
    "MaxConnectionsPerAddress",
    "Open",
    "PeakOpen",
    "Threads",
    "Accepted",
    "Refused",
    "TimedOut",
    "Failed",
    "Messages",
    "BytesRead",
    "BytesWritten",
    "Paused"
  };

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** Every port that is open, ascending by name and then by port. */
  public List<EndpointFigures> all() {
    List<EndpointFigures> all = new ArrayList<>();
    for (ObjectName name : server.queryNames(PATTERN, null)) {
      figures(name).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(EndpointFigures::name).thenComparing(EndpointFigures::port));
    return all;
  }

  /** The port with this number, if it is open. */
  public Optional<EndpointFigures> find(int port) {
    return server.queryNames(ofPort(port), null).stream()
        .map(this::figures)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * From now on turns new connections to a port away; those that are open go on. Repeating it is
   * harmless. Returns whether the port is one of these.
   */
  public boolean pause(int port) {
    return command(port, "pause");
  }

  /** Takes new connections to a port again; otherwise as {@link #pause}. */
  public boolean resume(int port) {
    return command(port, "resume");
  }

  /**
   * Calls {@code changed} after a port has opened or closed, until the returned switch is run. It
   * is called by the thread that opened the port, and should not take long.
   */
  public Runnable watch(Runnable changed) {
    NotificationFilter ofPorts =
        event ->
            event instanceof MBeanServerNotification change && PATTERN.apply(change.getMBeanName());
    NotificationListener listener = (event, handback) -> changed.run();
    try {
      server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, ofPorts, null);
    } catch (InstanceNotFoundException e) {
      throw new IllegalStateException("every MBean server has a delegate", e);
    }
    return () -> stop(listener);
  }

  private void stop(NotificationListener listener) {
    try {
      server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener);
    } catch (JMException e) {
      LOG.log(Level.DEBUG, "was not listening any more", e);
    }
  }

  private boolean command(int port, String operation) {
    boolean done = false;
    for (ObjectName name : server.queryNames(ofPort(port), null)) {
      try {
        server.invoke(name, operation, new Object[0], new String[0]);
        done = true;
      } catch (InstanceNotFoundException e) {
        LOG.log(Level.DEBUG, "closed meanwhile", e);
      } catch (JMException e) {
        throw new IllegalStateException("port " + port + " cannot be told to " + operation, e);
      }
    }
    return done;
  }

  private Optional<EndpointFigures> figures(ObjectName name) {
    try {
      Map<String, Object> values =
          server.getAttributes(name, ATTRIBUTES).asList().stream()
              .collect(Collectors.toMap(a -> a.getName(), a -> a.getValue()));
      if (values.size() < ATTRIBUTES.length) {
        throw new AttributeNotFoundException(name + " has only " + values.keySet());
      }
      return Optional.of(figures(values));
    } catch (InstanceNotFoundException e) {
      // Closed between the question which there are and this one.
      return Optional.empty();
    } catch (JMException e) {
      throw new IllegalStateException("the figures of " + name + " cannot be read", e);
    }
  }

  private static EndpointFigures figures(Map<String, Object> values) {
    return new EndpointFigures(
        (String) values.get("Name"),
        (String) values.get("Address"),
        number(values, "Port").intValue(),
        (String) values.get("Concurrency"),
        (Boolean) values.get("Secure"),
        number(values, "MaxConnections").intValue(),
        OptionalInt.of(number(values, "MaxConnectionsPerAddress").intValue()),
        number(values, "Open").intValue(),
        OptionalInt.of(number(values, "PeakOpen").intValue()),
        number(values, "Threads").intValue(),
        OptionalInt.empty(),
        number(values, "Accepted").longValue(),
        OptionalLong.of(number(values, "Refused").longValue()),
        OptionalLong.empty(),
        number(values, "TimedOut").longValue(),
        number(values, "Failed").longValue(),
        number(values, "Messages").longValue(),
        number(values, "BytesRead").longValue(),
        number(values, "BytesWritten").longValue(),
        true,
        (Boolean) values.get("Paused"));
  }

  private static Number number(Map<String, Object> values, String name) {
    return (Number) values.get(name);
  }

  private static ObjectName ofPort(int port) {
    return name(TcpEndpointMXBean.PATTERN.replace("*", "port=" + port + ",*"));
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("'" + text + "' is no name of an MBean", e);
    }
  }
}
