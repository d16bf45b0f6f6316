package org.acopio.remote;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest (FIPS 180-4): 32 bytes, compared by value. */
public final class Sha256 implements Serializable, Comparable<Sha256> {
  /** Length of a digest in bytes. */
  public static final int LENGTH = 32;

  @Serial private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  private Sha256(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a SHA-256 digest has " + LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** The digest with these 32 bytes, which are copied. */
  public static Sha256 of(byte[] bytes) {
    return new Sha256(bytes.clone());
  }

  /** The digest with these 64 hexadecimal digits. */
  public static Sha256 parse(String hex) {
    return new Sha256(HexFormat.of().parseHex(hex));
  }

  /** The digest of everything that {@code digest} was updated with; resets it. */
  public static Sha256 finish(MessageDigest digest) {
    return new Sha256(digest.digest());
  }

  /** A fresh running digest. Not safe for use by several threads at once. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(Sha256 other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  @Serial
  private Object readResolve() throws InvalidObjectException {
    return Received.received(bytes, Sha256::of);
  }
}
