package org.acopio.launch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The address that the server listens on, and which of its ports are free there. Used by the thread
 * that starts the server.
 */
final class Ports implements AutoCloseable {
  /**
   * Here a port can be kept from everybody who asks for any free one, while a server that asks for
   * this one may still listen on it. Elsewhere that server would be refused too.
   */
  private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

  private static final System.Logger LOG = System.getLogger(Ports.class.getName());

  private final String given;
  private final InetAddress address;
  private final List<Socket> kept = new ArrayList<>();

  private Ports(String given, InetAddress address) {
    this.given = given;
    this.address = address;
  }

  /** The ports of one of this machine's own addresses. */
  static Ports on(String bind) {
    InetAddress address;
    try {
      address = InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new UsageException(
          "--bind " + bind + " is not an address and not a name that this machine can resolve.");
    }
    if (!address.isAnyLocalAddress() && !isOwn(address)) {
      throw new StartException(
          "--bind "
              + bind
              + " is not an address of this machine; use one of its own, or 0.0.0.0"
              + " for all of them.");
    }
    return new Ports(bind, address);
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  InetAddress address() {
    return address;
  }

  /** At which a program on this machine reaches the ports. */
  InetAddress near() {
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }

  /** The literal address, so that nobody has to resolve a name a second time. */
  String host() {
    return address.getHostAddress();
  }

  boolean loopback() {
    return address.isLoopbackAddress();
  }

  /**
   * The port itself when it is free, or any free one for 0. Throws {@link StartException}, naming
   * the key, when another program listens on it.
   */
  int free(String key, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      // Without it a port stays taken for a minute after a server that had connections stopped.
      probe.setReuseAddress(!System.getProperty("os.name").startsWith("Windows"));
      probe.bind(new InetSocketAddress(address, port));
      return probe.getLocalPort();
    } catch (BindException e) {
      throw new StartException(
          "Port "
              + port
              + " ("
              + key
              + ") on "
              + given
              + " cannot be opened: "
              + e.getMessage()
              + ". Stop the program that listens there, or give another port with -D"
              + key
              + "=N (0 takes any free one).",
          e);
    } catch (IOException e) {
      throw new StartException(
          "Port " + port + " (" + key + ") on " + given + " cannot be opened: " + e, e);
    }
  }

  /**
   * A free port as {@link #free} finds it, which nobody is given by chance before {@link #close}:
   * the container opens it seconds later.
   */
  int keep(String key, int wanted) {
    int port = free(key, wanted);
    if (LINUX) {
      Socket socket = new Socket();
      kept.add(socket);
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port));
      } catch (IOException e) {
        // Taken a moment ago; whoever opens it will say so.
        LOG.log(Level.DEBUG, "Port {0} cannot be kept: {1}", Integer.toString(port), e);
      }
    }
    return port;
  }

  /** Lets go of the ports that were kept, when they are open. */
  @Override
  public void close() {
    for (Socket socket : kept) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "A port stays kept: {0}", e);
      }
    }
    kept.clear();
  }
}
