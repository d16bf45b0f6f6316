package org.acopio.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a program which sends its own with each request
 * does not cost a tenth of a second each time. Keeps no password: only a MAC with a key that no one
 * else has and that ends with the process. At most {@value #MOST}. Thread-safe.
 */
final class RecentProofs {
  private static final int MOST = 1_000;
  private static final Duration RECENT = Duration.ofMinutes(5);
  private static final String MAC = "HmacSHA256";

  /** Which account the password opened, as it was then. */
  record Proof(String name, long number, long generation, Instant until) {}

  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Proof> proofs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Proof> eldest) {
          return size() > MOST;
        }
      };

  RecentProofs(Clock clock, SecureRandom random) {
    this.clock = clock;
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, MAC);
  }

  synchronized Optional<Proof> find(String name, String password) {
    Proof proof = proofs.get(digest(name, password));
    return proof != null && proof.until.isAfter(clock.instant())
        ? Optional.of(proof)
        : Optional.empty();
  }

  synchronized void add(Account account, String password) {
    proofs.put(
        digest(account.name(), password),
        new Proof(
            account.name(), account.number(), account.generation(), clock.instant().plus(RECENT)));
  }

  private String digest(String name, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + MAC, e);
    }
  }
}
