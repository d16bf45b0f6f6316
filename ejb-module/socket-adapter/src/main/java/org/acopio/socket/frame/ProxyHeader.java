package org.acopio.socket.frame;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a PROXY protocol header says (proxy-protocol.txt of HAProxy, versions 1 and 2).
 *
 * @param addresses the client and what it dialled; empty for {@code LOCAL} and {@code UNKNOWN},
 *     where those of the socket stand
 */
public record ProxyHeader(Optional<Addresses> addresses) {
  static final ProxyHeader NONE = new ProxyHeader(Optional.empty());

  /**
   * @param source the client
   * @param destination the address and port that the client dialled
   */
  public record Addresses(InetSocketAddress source, InetSocketAddress destination) {}

  static ProxyHeader of(InetSocketAddress source, InetSocketAddress destination) {
    return new ProxyHeader(Optional.of(new Addresses(source, destination)));
  }
}
