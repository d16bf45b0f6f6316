package org.acopio.rmi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.util.function.Supplier;
import org.acopio.collect.Peer;
import org.acopio.collect.Transport;
import org.acopio.session.Session;

/** Whom the call of this thread came from. */
final class Caller {
  private Caller() {}

  /** The connection of the call. */
  static Peer peer() {
    int port = CountedSocket.served().map(Session::remotePort).orElse(0);
    return new Peer(address(), port, Transport.RMI);
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

  /** Shows in the registry of sessions who this is. */
  static void calls(String itself) {
    CountedSocket.served().ifPresent(session -> session.detail(itself));
  }

  /** Shows who this is when that is not known of this connection, as of another of its lanes. */
  static void callsIfUnknown(Supplier<String> itself) {
    CountedSocket.served()
        .filter(session -> session.detail().isEmpty())
        .ifPresent(session -> session.detail(itself.get()));
  }
}
