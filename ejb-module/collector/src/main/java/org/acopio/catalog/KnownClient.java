package org.acopio.catalog;

import java.time.Instant;
import java.util.List;
import org.acopio.remote.Sha256;

/**
 * An address that agents have collected from.
 *
 * @param number its number in the catalog
 * @param address an IP address, the name of its folder in the store
 * @param firstSeen by the server's clock
 * @param lastSeen by the server's clock
 * @param collections how many were opened from it
 * @param holdings what came from it
 * @param agents who came from it, the latest first
 */
public record KnownClient(
    long number,
    String address,
    Instant firstSeen,
    Instant lastSeen,
    long collections,
    Holdings holdings,
    List<Visitor> agents) {
  public KnownClient {
    agents = List.copyOf(agents);
  }

  /**
   * An agent that came from an address.
   *
   * @param number of the agent in the catalog
   * @param id digest of its key
   * @param hostName what its PC calls itself
   */
  public record Visitor(long number, Sha256 id, String hostName) {
    /** The first digits of the id, for people. */
    public String shortId() {
      return id.toString().substring(0, KnownAgent.SHORT_DIGITS);
    }
  }
}
