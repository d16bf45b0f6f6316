package org.acopio.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that let their bearer in as administrator, each once and for ten minutes. Only digests are
 * kept, {@value #MOST} at most, of which the oldest goes first. Thread-safe.
 */
public final class OneTimeTickets {
  /** How long a ticket is good. */
  public static final Duration VALID = Duration.ofMinutes(10);

  static final int MOST = 100;
  private static final int BYTES = 32;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> tickets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };

  public OneTimeTickets(Clock clock) {
    this.clock = clock;
  }

  /** A new ticket: 256 random bits as text that needs no escape in a URL. */
  public synchronized String make() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    tickets.put(digest(ticket), clock.instant().plus(VALID));
    return ticket;
  }

  /** Whether the ticket is good now; it stays so. */
  public synchronized boolean isGood(String ticket) {
    Instant until = tickets.get(digest(ticket));
    return until != null && clock.instant().isBefore(until);
  }

  /** Takes the ticket; whether it was good. It is not any more. */
  public synchronized boolean use(String ticket) {
    Instant until = tickets.remove(digest(ticket));
    return until != null && clock.instant().isBefore(until);
  }

  /** What is compared is a digest, so that how long it takes tells nothing of a ticket. */
  private static String digest(String ticket) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
