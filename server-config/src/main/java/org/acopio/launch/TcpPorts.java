package org.acopio.launch;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The ports that the socket adapter opens: which ones were asked for, and which ones are open. The
 * adapter reads the same keys itself; it tells of its ports in the platform's MBean server.
 */
enum TcpPorts {
  INGEST("acopio.ingest.ports", "1100"),
  ECHO("acopio.echo.ports", "9999,4000,65432"),
  ECHO_QUEUE("acopio.echo.queue-ports", "10000"),
  SESSION_THREAD("acopio.session.thread-ports", "6667"),
  SESSION_SELECTOR("acopio.session.selector-ports", "6668");

  private static final String ENDPOINTS = "org.acopio.socket:type=Endpoint,*";
  private static final String NONE = "off";

  private final String key;
  private final String fallback;

  TcpPorts(String key, String fallback) {
    this.key = key;
    this.fallback = fallback;
  }

  /** What the adapter calls the ports of this key, such as {@code echo-queue}. */
  String endpoint() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String key() {
    return key;
  }

  /**
   * The ports asked for, 0 for any free one. Throws {@link UsageException} for text that is none.
   */
  List<Integer> wanted(Settings settings) {
    String text = settings.text(key).orElse(fallback);
    if (text.equals(NONE)) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(
            port ->
                Settings.port(key, port.strip(), " Ports have commas between them; off is none."))
        .toList();
  }

  /** Throws {@link StartException} when a port that was asked for is taken. */
  static void expectFree(Settings settings, Ports ports) {
    for (TcpPorts each : values()) {
      each.wanted(settings).stream()
          .filter(port -> port > 0)
          .forEach(port -> ports.free(each.key, port));
    }
  }

  /**
   * The ports that are open. Throws {@link StartException} when one that was asked for is not: a
   * container may report that in its log only.
   */
  static Map<TcpPorts, List<Integer>> open(Settings settings) {
    Map<String, TreeSet<Integer>> open = opened();
    Map<TcpPorts, List<Integer>> all = new EnumMap<>(TcpPorts.class);
    for (TcpPorts each : values()) {
      List<Integer> wanted = each.wanted(settings);
      List<Integer> found = List.copyOf(open.getOrDefault(each.endpoint(), new TreeSet<>()));
      if (found.size() != wanted.size()) {
        throw new StartException(
            each.key + " asks for the ports " + wanted + " and the server opened " + found);
      }
      all.put(each, found);
    }
    return all;
  }

  /** For example {@code ingest 1100 · echo 4000,9999}; empty when no port is open. */
  static String text(Map<TcpPorts, List<Integer>> open) {
    StringJoiner text = new StringJoiner(" · ");
    open.forEach(
        (each, ports) -> {
          if (!ports.isEmpty()) {
            text.add(
                each.endpoint()
                    + " "
                    + ports.stream().map(Object::toString).collect(Collectors.joining(",")));
          }
        });
    return text.toString();
  }

  private static Map<String, TreeSet<Integer>> opened() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      Map<String, TreeSet<Integer>> open = new TreeMap<>();
      for (ObjectName bean : beans.queryNames(new ObjectName(ENDPOINTS), null)) {
        open.computeIfAbsent((String) beans.getAttribute(bean, "Name"), name -> new TreeSet<>())
            .add((Integer) beans.getAttribute(bean, "Port"));
      }
      return open;
    } catch (JMException e) {
      throw new StartException("The socket adapter does not tell its ports: " + e.getMessage(), e);
    }
  }
}
