package org.acopio.remote;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * What a server says of itself to anyone who reaches it.
 *
 * @param version the server's version, for people
 * @param protocol the version of this contract that it speaks
 * @param storeId names its store
 * @param now its clock
 */
public record ServerInfo(String version, int protocol, String storeId, Instant now)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  public ServerInfo {
    Text.bounded("version", version, 100);
    Text.bounded("storeId", storeId, 64);
    Objects.requireNonNull(now, "now");
  }
}
