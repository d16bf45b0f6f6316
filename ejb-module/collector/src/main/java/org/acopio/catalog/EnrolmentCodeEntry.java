package org.acopio.catalog;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.remote.Sha256;

/**
 * A code that invites PCs, as the catalog keeps it.
 *
 * @param number the catalog's; 0 when it is not there yet
 * @param digest of the code's secret
 * @param madeAt when it was made
 * @param madeBy the account that made it; cut when it is long
 * @param expiresAt from when on it invites nobody
 * @param uses how many PCs came with it
 * @param mostUses how many may; any number when empty
 * @param takenBackAt when somebody took it back
 */
public record EnrolmentCodeEntry(
    long number,
    Sha256 digest,
    Instant madeAt,
    String madeBy,
    Instant expiresAt,
    long uses,
    OptionalLong mostUses,
    Optional<Instant> takenBackAt) {
  private static final int MAX_NAME = 64;

  public EnrolmentCodeEntry {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(madeAt, "madeAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    madeBy = DisplayText.clean(madeBy, MAX_NAME);
  }

  /** Whether a PC can come with it now. */
  public boolean invites(Instant now) {
    return takenBackAt.isEmpty()
        && now.isBefore(expiresAt)
        && (mostUses.isEmpty() || uses < mostUses.getAsLong());
  }
}
