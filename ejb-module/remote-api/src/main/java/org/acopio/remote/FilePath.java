package org.acopio.remote;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a file on the PC it comes from: its bytes as the PC has them, segments separated by
 * {@code /} whatever the PC's separator is. It is data, not a path: nobody may open it. Any byte is
 * allowed, invalid UTF-8 too; on PCs whose names are UTF-16 the bytes are UTF-8.
 */
public final class FilePath implements Serializable, Comparable<FilePath> {
  /** The longest path that is accepted, in bytes (Windows: 32,767 characters of a long path). */
  public static final int MAX_BYTES = 32_767;

  @Serial private static final long serialVersionUID = 1L;

  private final byte[] bytes;

  private FilePath(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a path has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** The path with these bytes, which are copied. */
  public static FilePath of(byte[] bytes) {
    return new FilePath(bytes.clone());
  }

  /** The path with the UTF-8 bytes of {@code text}. */
  public static FilePath of(String text) {
    return new FilePath(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** By unsigned bytes. */
  @Override
  public int compareTo(FilePath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePath that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people: decoded as UTF-8, with U+FFFD for what is not. Do not parse it. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Serial
  private Object readResolve() throws InvalidObjectException {
    return Received.received(bytes, FilePath::of);
  }
}
