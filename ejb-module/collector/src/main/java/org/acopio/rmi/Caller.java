package org.acopio.rmi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import org.acopio.collect.Peer;
import org.acopio.collect.Transport;

/** Where the call of this thread came from. */
final class Caller {
  /** The port of the connection that this thread reads from; RMI serves one with one thread. */
  private static final ThreadLocal<Integer> PORT = new ThreadLocal<>();

  private Caller() {}

  /** What this thread reads from now on, and serves, comes from that port. */
  static void reads(Integer port) {
    PORT.set(port);
  }

  /** The connection of the call. */
  static Peer peer() {
    Integer port = PORT.get();
    return new Peer(address(), port == null ? 0 : port, Transport.RMI);
  }

  /** The address as text, without a scope: the same for every call over the same route. */
  private static String address() {
    try {
      String host = RemoteServer.getClientHost();
      int scope = host.indexOf('%');
      return InetAddress.getByName(scope < 0 ? host : host.substring(0, scope)).getHostAddress();
    } catch (ServerNotActiveException | UnknownHostException e) {
      throw new IllegalStateException("a remote call always has a numeric address", e);
    }
  }
}
