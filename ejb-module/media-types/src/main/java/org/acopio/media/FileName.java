package org.acopio.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What follows the last slash of a path, as far as it tells a type. */
final class FileName {
  private FileName() {}

  /** Decoded as UTF-8, with U+FFFD for what is not. */
  static String of(byte[] path) {
    int from = path.length;
    while (from > 0 && path[from - 1] != '/') {
      from--;
    }
    return new String(path, from, path.length - from, StandardCharsets.UTF_8);
  }

  /** What follows the last dot, in lower case; empty when there is none. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
