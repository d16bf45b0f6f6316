package org.acopio.collect;

import java.util.Objects;
import java.util.Optional;
import org.acopio.remote.Sha256;

/**
 * Where a call comes from, as its transport saw it; a caller cannot choose any of it.
 *
 * @param address numeric, without a scope; names the client's folder
 * @param port of the connection at the client's end, 1 to 65,535, or 0 when it is not known
 * @param transport by which it came
 * @param agent whose certificate the connection showed; nothing when it showed none
 */
public record Peer(String address, int port, Transport transport, Optional<Sha256> agent) {
  public Peer {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(transport, "transport");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not one of 0 to 65535");
    }
  }

  /** One that showed no certificate. */
  public Peer(String address, int port, Transport transport) {
    this(address, port, transport, Optional.empty());
  }
}
