package org.acopio.client.send;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.acopio.remote.IdentityMessage;

/**
 * Makes every socket that RMI asks for, one per process because RMI has one such place.
 *
 * <p>A server's stubs carry the address that the server believes to have, which behind NAT or a
 * forwarded port is not the one that leads there. So what a lookup dials on the way is learned as a
 * route to the address that the person typed. Sockets are remembered by that address: closing them
 * is the only way to end a call that waits for its answer.
 */
final class Dialer extends RMISocketFactory {
  private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  private static Dialer installed;

  private final Map<String, ServerAddress> routes = new ConcurrentHashMap<>();
  private final Map<ServerAddress, Line> lines = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final ThreadLocal<ServerAddress> lookedUp = new ThreadLocal<>();

  private Dialer() {}

  /** The dialer of this process. */
  static synchronized Dialer install() {
    if (installed == null) {
      RmiSettings.apply();
      Dialer dialer = new Dialer();
      try {
        RMISocketFactory.setSocketFactory(dialer);
      } catch (IOException e) {
        throw new IllegalStateException("another RMI socket factory is in this process already", e);
      }
      installed = dialer;
    }
    return installed;
  }

  /** A line to a server; sockets to it are made only while somebody holds one. */
  Line hold(ServerAddress server) {
    return lines.compute(
        server,
        (address, line) -> {
          Line held = line == null ? new Line(this, address, open) : line;
          held.holders++;
          return held;
        });
  }

  /** Ends a hold; the last one closes all sockets. */
  void release(Line line) {
    lines.computeIfPresent(line.address, (address, held) -> --held.holders == 0 ? null : held);
    if (line.holders == 0) {
      line.end();
    }
  }

  /** Runs a lookup, and learns where its server's stubs lead. */
  <T> T learning(ServerAddress server, Lookup<T> lookup) throws Exception {
    routes.put(endpoint(server.host(), server.port()), server);
    lookedUp.set(server);
    try {
      return lookup.run();
    } finally {
      lookedUp.remove();
    }
  }

  /** How many sockets to servers are open in this process. */
  int sockets() {
    return open.get();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    String endpoint = endpoint(host, port);
    ServerAddress learned = lookedUp.get();
    if (learned != null) {
      routes.put(endpoint, learned);
    }
    ServerAddress target = routes.get(endpoint);
    if (target == null) {
      return RMISocketFactory.getDefaultSocketFactory().createSocket(host, port);
    }
    Line line = lines.get(target);
    if (line == null) {
      throw new ConnectException("nobody in this process talks to " + target + " any more");
    }
    return call(line);
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return RMISocketFactory.getDefaultSocketFactory().createServerSocket(port);
  }

  /** A socket for calls: what leads away from this machine is secure, or not opened. */
  private static Socket call(Line line) throws IOException {
    Tls tls = line.tls();
    if (tls == null) {
      return dial(line, Dialer::local);
    }
    DialedSocket socket = dial(line);
    try {
      socket.secure(tls, IdentityMessage.CALLS_ALPN);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static void local(InetAddress address) throws AccessException {
    if (!address.isLoopbackAddress()) {
      throw Identities.notEnrolled();
    }
  }

  /** A plain socket, to which nothing may be written before it is secure. */
  static DialedSocket dial(Line line) throws IOException {
    return dial(line, address -> {});
  }

  private static DialedSocket dial(Line line, Admitted admitted) throws IOException {
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(line.address.host())) {
      try {
        admitted.check(address);
        return dial(line, new InetSocketAddress(address, line.address.port()));
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure == null ? new ConnectException("no address for " + line.address) : failure;
  }

  private static DialedSocket dial(Line line, InetSocketAddress address) throws IOException {
    DialedSocket socket = new DialedSocket(line);
    line.opened(socket);
    try {
      // After the socket was added: whoever hangs up interrupts first and closes then.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted before " + address + " was dialled");
      }
      if (line.over()) {
        throw new ConnectException("nobody in this process talks to " + line.address + " any more");
      }
      socket.prepare();
      long start = System.nanoTime();
      socket.connect(address, CONNECT_MILLIS);
      line.connected(address.getAddress(), System.nanoTime() - start);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** What a stub says of where it leads. */
  private static String endpoint(String host, int port) {
    return host + ' ' + port;
  }

  /** Which addresses may be dialled. */
  private interface Admitted {
    void check(InetAddress address) throws IOException;
  }

  /** Work that asks a registry for a stub. */
  interface Lookup<T> {
    T run() throws Exception;
  }
}
