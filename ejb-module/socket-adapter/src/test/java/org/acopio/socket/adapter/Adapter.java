package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.beans.PropertyDescriptor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.acopio.socket.TcpEndpointMXBean;
import org.acopio.socket.TcpListener;
import org.awaitility.Awaitility;

/** A started adapter; when it is closed nothing of it may be left: threads, files, figures. */
final class Adapter implements AutoCloseable {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final int READ_MILLIS = 20_000;

  final TcpResourceAdapter adapter = new TcpResourceAdapter();
  private final List<FakeContainer> containers = new ArrayList<>();
  private final long openFiles = openFiles();

  Adapter() throws ResourceException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    adapter.start(new FakeBootstrap());
  }

  /** A spec for one free port on loopback. */
  static TcpActivationSpec spec(String... properties) {
    TcpActivationSpec spec = new TcpActivationSpec();
    set(spec, "name", "test");
    set(spec, "ports", "0");
    for (int i = 0; i < properties.length; i += 2) {
      set(spec, properties[i], properties[i + 1]);
    }
    return spec;
  }

  /** As a container does it: through the bean's properties. */
  static void set(TcpActivationSpec spec, String property, String value) {
    try {
      new PropertyDescriptor(property, TcpActivationSpec.class)
          .getWriteMethod()
          .invoke(spec, value);
    } catch (ReflectiveOperationException | java.beans.IntrospectionException impossible) {
      throw new AssertionError(property, impossible);
    }
  }

  FakeContainer container(TcpListener listener) {
    FakeContainer container = new FakeContainer(listener);
    containers.add(container);
    return container;
  }

  /** Activates a listener and gives the figures of its first port. */
  TcpEndpointMXBean activate(TcpListener listener, String... properties) throws ResourceException {
    TcpActivationSpec spec = spec(properties);
    activate(container(listener), spec);
    return figures(spec.getName()).get(0);
  }

  void activate(MessageEndpointFactory factory, TcpActivationSpec spec) throws ResourceException {
    adapter.endpointActivation(factory, spec);
  }

  static List<TcpEndpointMXBean> figures(String name) {
    try {
      return SERVER.queryNames(new ObjectName(TcpEndpointMXBean.PATTERN), null).stream()
          .filter(found -> found.getKeyProperty("name").equals(name))
          .map(found -> JMX.newMXBeanProxy(SERVER, found, TcpEndpointMXBean.class))
          .sorted(Comparator.comparing(TcpEndpointMXBean::getPort))
          .toList();
    } catch (javax.management.JMException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static Socket connect(TcpEndpointMXBean endpoint) throws IOException {
    return connect(endpoint.getPort());
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(READ_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_MILLIS);
    return socket;
  }

  @Override
  public void close() {
    adapter.stop();
    for (FakeContainer container : containers) {
      assertEquals(List.of(), container.complaints);
      assertEquals(container.created.get(), container.released.get(), "endpoints not released");
    }
    assertEquals(List.of(), figures("test"));
    Awaitility.await().untilAsserted(() -> assertEquals(Map.of(), adapterThreads()));
    Awaitility.await()
        .untilAsserted(
            () -> assertTrue(openFiles() <= openFiles, openFiles() + " files, not " + openFiles));
  }

  private static Map<String, Thread.State> adapterThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("test-")
                    || thread.getName().startsWith("acopio-socket")
                    || thread.getName().startsWith("globalEventExecutor"))
        .collect(Collectors.toMap(t -> t.getName() + t.getId(), Thread::getState, (a, b) -> a));
  }

  /** Open sockets of this process, where the platform shows them. */
  private static long openFiles() {
    String[] names = new File("/proc/self/fd").list();
    if (names == null) {
      return Long.MAX_VALUE;
    }
    return new TreeSet<>(List.of(names))
        .stream().filter(name -> isSocket("/proc/self/fd/" + name)).count();
  }

  private static boolean isSocket(String link) {
    try {
      return java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of(link))
          .toString()
          .startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
