package org.acopio.web.figures;

import java.util.Locale;

/** How names of the server's enumerations are written in JSON: {@code store-full}. */
final class Codes {
  private Codes() {}

  static String word(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
