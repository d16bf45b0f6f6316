package org.acopio.media;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a file, with the questions that signatures ask of them. */
record Head(byte[] bytes, int length) {
  private static final int TEXT_WINDOW = 2048;

  /** The first {@code most} of the bytes; what was given beyond them must not count. */
  static Head of(byte[] bytes, int most) {
    return new Head(bytes, Math.min(bytes.length, most));
  }

  boolean has(int offset, byte[] signature) {
    return offset + signature.length <= length
        && Arrays.equals(bytes, offset, offset + signature.length, signature, 0, signature.length);
  }

  /** True when {@code signature}, read as ISO-8859-1, is at {@code offset}. */
  boolean has(int offset, String signature) {
    if (offset + signature.length() > length) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if ((bytes[offset + i] & 0xff) != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where {@code signature} begins at or after {@code from} and before {@code to}, or -1. */
  int find(byte[] signature, int from, int to) {
    int last = Math.min(to - 1, length - signature.length);
    for (int i = from; i <= last; i++) {
      if (bytes[i] == signature[0] && has(i, signature)) {
        return i;
      }
    }
    return -1;
  }

  /** The four characters at {@code offset}, empty when the file is shorter. */
  String fourCharacters(int offset) {
    return offset + 4 > length ? "" : new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
  }

  /** The byte at {@code offset} as 0 to 255, or -1 after the end. */
  int at(int offset) {
    return offset < length ? bytes[offset] & 0xff : -1;
  }

  /** True when the beginning is UTF-8 text without control characters, and not empty. */
  boolean looksLikeText() {
    int end = Math.min(length, TEXT_WINDOW);
    int i = 0;
    while (i < end) {
      int more = following(bytes[i] & 0xff);
      if (more < 0) {
        return false;
      }
      i++;
      for (; more > 0 && i < end; more--, i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
          return false;
        }
      }
    }
    return end > 0;
  }

  /** How many bytes follow {@code lead} in one UTF-8 character; -1 when it begins no text. */
  private static int following(int lead) {
    if (lead >= 0x20 && lead < 0x7f) {
      return 0;
    }
    if (lead < 0x80) {
      return lead == '\n' || lead == '\r' || lead == '\t' ? 0 : -1;
    }
    if (lead < 0xc2 || lead > 0xf4) {
      return -1;
    }
    return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  }
}
