package org.acopio.catalog;

import java.time.Instant;
import java.util.List;
import org.acopio.remote.Sha256;

/**
 * A PC's agent as the catalog knows it.
 *
 * @param number its number in the catalog
 * @param id digest of its key: what tells two PCs behind one address apart
 * @param hostName what its PC calls itself; never trusted
 * @param version its own version
 * @param firstSeen by the server's clock
 * @param lastSeen by the server's clock
 * @param collections how often it opened one
 * @param holdings what it has in the store
 * @param unproven of how many paths the last word is not proven by a file
 * @param addresses where it came from, the latest first
 */
public record KnownAgent(
    long number,
    Sha256 id,
    String hostName,
    String version,
    Instant firstSeen,
    Instant lastSeen,
    long collections,
    Holdings holdings,
    long unproven,
    List<String> addresses) {
  /** How many hexadecimal digits of an id people are shown. */
  public static final int SHORT_DIGITS = 8;

  public KnownAgent {
    addresses = List.copyOf(addresses);
  }

  /** The first digits of the id, for people. */
  public String shortId() {
    return id.toString().substring(0, SHORT_DIGITS);
  }
}
