package org.acopio.web.ports;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The connections of one port of HTTP, as the launcher counts them before the container sees them.
 * It tells them in the platform's MBean server, in types of the JDK, since neither has the other's
 * classes.
 *
 * @param open that are open
 * @param peak the most that were open at once
 * @param most that may be open at once
 * @param mostOfAddress that may be open at once from one address
 * @param accepted that were let in
 * @param refused that were turned away because of a limit
 * @param refusedOfAddress those of them whose address had as many as it may have
 * @param timedOut that were ended because they were late
 */
public record HttpConnections(
    int open,
    int peak,
    int most,
    int mostOfAddress,
    long accepted,
    long refused,
    long refusedOfAddress,
    long timedOut) {
  private static final String[] ATTRIBUTES = {
    "Open",
    "PeakOpen",
    "MaxConnections",
    "MaxConnectionsPerAddress",
    "Accepted",
    "Refused",
    "RefusedOfAddress",
    "TimedOut"
  };

  /** Of this port; empty before its first connection, and on another server than the product's. */
  static Optional<HttpConnections> of(int port) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      Map<String, Number> values =
          server.getAttributes(name(port), ATTRIBUTES).asList().stream()
              .filter(attribute -> attribute.getValue() instanceof Number)
              .collect(Collectors.toMap(a -> a.getName(), a -> (Number) a.getValue()));
      return values.size() < ATTRIBUTES.length ? Optional.empty() : Optional.of(of(values));
    } catch (InstanceNotFoundException e) {
      return Optional.empty();
    } catch (JMException e) {
      throw new IllegalStateException("the connections of port " + port + " cannot be read", e);
    }
  }

  private static ObjectName name(int port) {
    try {
      return new ObjectName("org.acopio:type=HttpPort,port=" + port);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException("a number makes no wrong name", e);
    }
  }

  private static HttpConnections of(Map<String, Number> values) {
    long[] numbers = new long[ATTRIBUTES.length];
    for (int i = 0; i < ATTRIBUTES.length; i++) {
      numbers[i] = values.getOrDefault(ATTRIBUTES[i], 0).longValue();
    }
    return new HttpConnections(
        (int) numbers[0],
        (int) numbers[1],
        (int) numbers[2],
        (int) numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7]);
  }
}
