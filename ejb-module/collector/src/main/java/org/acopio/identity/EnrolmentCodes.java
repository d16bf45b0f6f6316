package org.acopio.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.catalog.EnrolmentCodeTable;
import org.acopio.remote.EnrolmentCode;
import org.acopio.remote.Sha256;

/**
 * The codes that invite PCs. A code's secret is shown to whoever made it and kept nowhere; the
 * catalog has its digest. Thread-safe, and safe for several nodes on one catalog; every method may
 * throw {@link org.acopio.catalog.CatalogException}.
 */
public final class EnrolmentCodes {
  /** How long a code invites when nobody says otherwise. */
  public static final Duration LASTS = Duration.ofDays(30);

  /** The longest that a code can invite. */
  public static final int MOST_DAYS = 3_650;

  /** Most uses that a code can be limited to. */
  public static final int MOST_USES = 1_000_000;

  /** How many codes {@link #newest} has at most. */
  public static final int MOST_LISTED = 1_000;

  private final EnrolmentCodeTable table;
  private final ServerIdentity server;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  EnrolmentCodes(EnrolmentCodeTable table, ServerIdentity server, Clock clock) {
    this.table = table;
    this.server = server;
    this.clock = clock;
  }

  /**
   * A code that was made now.
   *
   * @param code what a person carries to a PC: a secret
   * @param entry what is kept of it
   */
  public record Made(EnrolmentCode code, EnrolmentCodeEntry entry) {}

  /**
   * Makes a code.
   *
   * @param by the account of whoever wants it
   * @param lasts how long it invites, 1 to {@value #MOST_DAYS} days
   * @param mostUses how many PCs may come with it, 1 to {@value #MOST_USES}; any number when empty
   */
  public Made make(String by, Duration lasts, OptionalLong mostUses) {
    if (lasts.compareTo(Duration.ofDays(1)) < 0
        || lasts.compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw new IllegalArgumentException(
          "a code lasts 1 to %d days, not %s".formatted(MOST_DAYS, lasts));
    }
    mostUses.ifPresent(
        uses -> {
          if (uses < 1 || uses > MOST_USES) {
            throw new IllegalArgumentException(
                "a code has 1 to %d uses, or no limit, not %d".formatted(MOST_USES, uses));
          }
        });
    byte[] secret = new byte[EnrolmentCode.SECRET_BYTES];
    random.nextBytes(secret);
    Instant now = clock.instant();
    EnrolmentCodeEntry entry =
        new EnrolmentCodeEntry(
            0, digest(secret), now, by, now.plus(lasts), 0, mostUses, Optional.empty());
    return new Made(server.code(secret), table.add(entry));
  }

  /** Makes the code of the first start when there was never one. */
  public Optional<Made> makeFirst(String by) {
    return table.newest(1).isEmpty()
        ? Optional.of(make(by, LASTS, OptionalLong.empty()))
        : Optional.empty();
  }

  /** The codes that were made last, newest first, those too that do not invite any more. */
  public List<EnrolmentCodeEntry> newest() {
    return table.newest(MOST_LISTED);
  }

  /** Makes a code worthless; false when there is none of this number, or it was so before. */
  public boolean takeBack(long number) {
    return table.takeBack(number, clock.instant());
  }

  static Sha256 digest(byte[] secret) {
    return Sha256.of(Sha256.start().digest(secret));
  }
}
