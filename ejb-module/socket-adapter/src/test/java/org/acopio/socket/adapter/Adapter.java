package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.beans.PropertyDescriptor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Set<String> socketsBefore;

  Adapter() throws ResourceException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    warmUp();
    socketsBefore = openSockets();
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

  /** For a thread of its own: all of it goes out, or the test fails. */
  static void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException failed) {
      throw new AssertionError(failed);
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
    Awaitility.await().untilAsserted(() -> assertEquals(Set.of(), leakedSockets()));
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

  /** Open sockets of this process by their inodes, where the platform shows them. */
  private static Set<String> openSockets() {
    String[] names = new File("/proc/self/fd").list();
    return Stream.of(names == null ? new String[0] : names)
        .map(name -> target(Path.of("/proc/self/fd", name)))
        .filter(target -> target.startsWith("socket:"))
        .collect(Collectors.toSet());
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private Set<String> leakedSockets() {
    Set<String> leaked = openSockets();
    leaked.removeAll(socketsBefore);
    return leaked;
  }

  /** Lets the JVM open what it keeps for itself, such as the marker that it closes sockets with. */
  private static void warmUp() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = connect(server.getLocalPort())) {
      server.accept().close();
      assertEquals(-1, client.getInputStream().read());
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
