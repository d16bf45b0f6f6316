package org.acopio.remote;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a person carries from a server to a PC so that the two know each other: a fingerprint of the
 * server's authority, by which the PC knows the server, and a secret, by which the server knows
 * that the PC was invited. Immutable.
 *
 * <p>As text it is 40 characters in eight groups, such as {@code 7H2QK-…}: 25 bytes in Crockford's
 * Base32 (no I, L, O, U), of which the last two are a checksum, so that a slip of the pen is told
 * from a code that the server does not know.
 */
public final class EnrolmentCode {
  /** Bytes of the secret: 80 bits. */
  public static final int SECRET_BYTES = 10;

  private static final int FINGERPRINT_BYTES = 13;
  private static final int CHECK_BYTES = 2;
  private static final int BYTES = FINGERPRINT_BYTES + SECRET_BYTES + CHECK_BYTES;
  private static final int CHARACTERS = BYTES * 8 / 5;
  private static final int GROUP = 5;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final byte[] bytes;

  private EnrolmentCode(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The code for a server.
   *
   * @param authority the server's authority, an X.509 certificate in DER
   * @param secret {@value #SECRET_BYTES} random bytes
   */
  public static EnrolmentCode of(byte[] authority, byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret of a code has " + SECRET_BYTES + " bytes, not " + secret.length);
    }
    byte[] bytes = Arrays.copyOf(fingerprint(authority), BYTES);
    System.arraycopy(secret, 0, bytes, FINGERPRINT_BYTES, SECRET_BYTES);
    System.arraycopy(check(bytes), 0, bytes, BYTES - CHECK_BYTES, CHECK_BYTES);
    return new EnrolmentCode(bytes);
  }

  /**
   * Reads a code as a person typed it: in either case, with or without hyphens and spaces, O for 0,
   * I and L for 1.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  public static EnrolmentCode parse(String text) {
    String typed = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    if (typed.length() != CHARACTERS) {
      throw new IllegalArgumentException(
          "an enrolment code has " + CHARACTERS + " characters, this one " + typed.length());
    }
    byte[] bytes = decode(typed.replace('O', '0').replace('I', '1').replace('L', '1'));
    if (!Arrays.equals(check(bytes), Arrays.copyOfRange(bytes, BYTES - CHECK_BYTES, BYTES))) {
      throw new IllegalArgumentException(
          "the enrolment code has a wrong character; compare it with what the server showed");
    }
    return new EnrolmentCode(bytes);
  }

  /** Whether this is the authority that the code was made for: an X.509 certificate in DER. */
  public boolean names(byte[] authority) {
    return Arrays.equals(fingerprint(authority), Arrays.copyOf(bytes, FINGERPRINT_BYTES));
  }

  /** A copy of the secret. */
  public byte[] secret() {
    return Arrays.copyOfRange(bytes, FINGERPRINT_BYTES, FINGERPRINT_BYTES + SECRET_BYTES);
  }

  /** The code as a person copies it: a secret. */
  public String text() {
    StringBuilder text = new StringBuilder(CHARACTERS + CHARACTERS / GROUP);
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(buffer >> bits & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    for (int at = CHARACTERS - GROUP; at > 0; at -= GROUP) {
      text.insert(at, '-');
    }
    return text.toString();
  }

  private static byte[] decode(String typed) {
    byte[] bytes = new byte[BYTES];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      int value = ALPHABET.indexOf(typed.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException(
            "'" + typed.charAt(i) + "' is in no enrolment code; it has digits and letters but U");
      }
      buffer = buffer << 5 | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return bytes;
  }

  private static byte[] fingerprint(byte[] authority) {
    return Arrays.copyOf(Sha256.start().digest(authority), FINGERPRINT_BYTES);
  }

  private static byte[] check(byte[] bytes) {
    var digest = Sha256.start();
    digest.update(bytes, 0, BYTES - CHECK_BYTES);
    return Arrays.copyOf(digest.digest(), CHECK_BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EnrolmentCode that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "EnrolmentCode[" + text().substring(0, 2 * GROUP + 1) + "-…]";
  }
}
