package org.acopio.account;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512 (RFC 8018), as text {@code
 * PBKDF2WithHmacSHA512:ITERATIONS:SALT:HASH}, which is what Jakarta Security's {@code
 * Pbkdf2PasswordHash} writes and verifies too. Thread-safe; takes a tenth of a second or more of a
 * processor, on purpose.
 */
final class PasswordHash {
  /** OWASP's least for this function (Password Storage Cheat Sheet). */
  static final int ITERATIONS = 210_000;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Text from the database is not trusted to keep a processor busy for minutes. */
  private static final int MAX_ITERATIONS = 10_000_000;

  private final SecureRandom random = new SecureRandom();
  private final int iterations;

  PasswordHash(int iterations) {
    this.iterations = iterations;
  }

  /** What to keep of a password; different each time. */
  String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(salt, derived(password, salt, iterations, HASH_BYTES));
  }

  private String text(byte[] salt, byte[] derived) {
    Base64.Encoder text = Base64.getEncoder();
    return String.join(
        ":",
        ALGORITHM,
        Integer.toString(iterations),
        text.encodeToString(salt),
        text.encodeToString(derived));
  }

  /** Whether this is the password that was kept; false for a text of another kind. */
  boolean matches(String password, String kept) {
    String[] parts = kept.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(ALGORITHM)) {
      return false;
    }
    try {
      int rounds = Integer.parseInt(parts[1]);
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      return rounds > 0
          && rounds <= MAX_ITERATIONS
          && salt.length > 0
          && hash.length >= HASH_BYTES
          && MessageDigest.isEqual(hash, derived(password, salt, rounds, hash.length));
    } catch (IllegalArgumentException e) {
      // Not what this class writes, so no password is right.
      return false;
    }
  }

  /** A text that no password opens and that takes as long to try. */
  String decoy(SecureRandom noise) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] nothing = new byte[HASH_BYTES];
    noise.nextBytes(salt);
    noise.nextBytes(nothing);
    return text(salt, nothing);
  }

  /** Whether the kept text is weaker than what is written now. */
  boolean isOld(String kept) {
    return !kept.startsWith(ALGORITHM + ":" + iterations + ":");
  }

  private static byte[] derived(String password, byte[] salt, int rounds, int bytes) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    } finally {
      spec.clearPassword();
    }
  }
}
