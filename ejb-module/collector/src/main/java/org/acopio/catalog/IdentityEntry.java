package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.remote.Sha256;

/**
 * A key of a PC that the authority has certified.
 *
 * @param number the catalog's; 0 when it is not there yet
 * @param agent whose it is: the digest of the agent's key
 * @param key the digest of its SubjectPublicKeyInfo
 * @param hostName what the PC called itself; control characters are replaced
 * @param version of the agent
 * @param issuedAt when it was certified
 * @param code the number of the code that invited the PC
 * @param parent the identity that it was renewed or told apart from
 * @param seenAt when it came last
 * @param seenAddress from where
 * @param rekeyWanted whether an administrator wants it to be renewed
 * @param revoked when and why it became worthless
 */
public record IdentityEntry(
    long number,
    Sha256 agent,
    Sha256 key,
    String hostName,
    String version,
    Instant issuedAt,
    OptionalLong code,
    OptionalLong parent,
    Instant seenAt,
    String seenAddress,
    boolean rekeyWanted,
    Optional<Revocation> revoked) {
  private static final int MAX_HOST_NAME = 255;
  private static final int MAX_VERSION = 100;

  /** The end of an identity. */
  public record Revocation(Instant at, Reason why) {}

  /** Why an identity ended. */
  public enum Reason {
    /** An administrator took it back. */
    REVOKED,
    /** Its agent has another now. */
    REPLACED
  }

  public IdentityEntry {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(issuedAt, "issuedAt");
    Objects.requireNonNull(seenAt, "seenAt");
    hostName = DisplayText.clean(hostName, MAX_HOST_NAME);
    version = DisplayText.clean(version, MAX_VERSION);
    seenAddress = DisplayText.clean(seenAddress, ClientRow.MAX_ADDRESS);
  }

  /** Whether it lets its agent in. */
  public boolean valid() {
    return revoked.isEmpty();
  }
}
