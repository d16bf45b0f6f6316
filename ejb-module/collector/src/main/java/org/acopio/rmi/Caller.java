package org.acopio.rmi;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.acopio.collect.Peer;
import org.acopio.collect.Transport;
import org.acopio.identity.Identities.Certified;

/** Whom the call of this thread came from. */
final class Caller {
  private Caller() {}

  /** The connection of the call. */
  static Peer peer() {
    Arrival arrival =
        ServedSocket.served()
            .orElseThrow(() -> new IllegalStateException("this thread serves no remote call"));
    return new Peer(
        folder(arrival.address()),
        arrival.remoteAddress().getPort(),
        Transport.RMI,
        arrival.certified().map(Certified::agent));
  }

  /** The address as text, without a scope: the same for every call over the same route. */
  static String folder(InetAddress address) {
    String host = address.getHostAddress();
    int scope = host.indexOf('%');
    return scope < 0 ? host : host.substring(0, scope);
  }

  /** Shows in the registry of sessions who this is. */
  static void calls(String itself) {
    ServedSocket.served().flatMap(Arrival::session).ifPresent(session -> session.detail(itself));
  }

  /** Shows who this is when that is not known of this connection, as of another of its lanes. */
  static void callsIfUnknown(Supplier<String> itself) {
    ServedSocket.served()
        .flatMap(Arrival::session)
        .filter(session -> session.detail().isEmpty())
        .ifPresent(session -> session.detail(itself.get()));
  }
}
