package org.acopio.client.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths as text: for programs as they are, for screens without what a screen would obey. */
final class PathText {
  private PathText() {}

  /** Decoded as UTF-8, with U+FFFD for what is not. */
  static String decoded(byte[] wirePath) {
    return new String(wirePath, StandardCharsets.UTF_8);
  }

  /** True when decoding loses nothing. */
  static boolean isUtf8(byte[] wirePath, String decoded) {
    return decoded.indexOf('\ufffd') < 0
        || Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), wirePath);
  }

  /** With control characters, line ends among them, replaced. */
  static String printable(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        return escaped(path);
      }
    }
    return path;
  }

  private static String escaped(String path) {
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (Character.isISOControl(c)) {
        text.append("\\x").append(Character.forDigit(c >> 4 & 15, 16));
        text.append(Character.forDigit(c & 15, 16));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
