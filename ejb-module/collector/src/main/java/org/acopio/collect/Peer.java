package org.acopio.collect;

import java.util.Objects;

/**
 * Where a call comes from, as its transport saw it; a caller cannot choose any of it.
 *
 * @param address numeric, without a scope; names the client's folder
 * @param port of the connection at the client's end, 1 to 65,535, or 0 when it is not known
 * @param transport by which it came
 */
public record Peer(String address, int port, Transport transport) {
  public Peer {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(transport, "transport");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not one of 0 to 65535");
    }
  }
}
