package org.acopio.web.content;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Names of files that every system can make, and that show what they are. */
final class SafeName {
  /**
   * The most characters of a name, of which one outside the basic plane counts as two; each takes
   * at most three bytes of the 255 that systems have.
   */
  static final int MAX = 80;

  private static final int MAX_EXTENSION = 16;
  private static final String FORBIDDEN = "<>:\"/\\|?*";

  /** Devices of Windows, with any extension. */
  private static final Set<String> RESERVED =
      Set.of(
          "con",
          "prn",
          "aux",
          "nul",
          "conin$",
          "conout$",
          "com0",
          "com1",
          "com2",
          "com3",
          "com4",
          "com5",
          "com6",
          "com7",
          "com8",
          "com9",
          "lpt0",
          "lpt1",
          "lpt2",
          "lpt3",
          "lpt4",
          "lpt5",
          "lpt6",
          "lpt7",
          "lpt8",
          "lpt9",
          "com\u00b9",
          "com\u00b2",
          "com\u00b3",
          "lpt\u00b9",
          "lpt\u00b2",
          "lpt\u00b3");

  private SafeName() {}

  /** The nearest harmless name; {@code _} for one of which nothing is left. */
  static String of(String name) {
    StringBuilder visible = new StringBuilder();
    name.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
    StringBuilder plain = new StringBuilder();
    // Only now: what was invisible may have kept letters apart that are one.
    Normalizer.normalize(visible, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> FORBIDDEN.indexOf(c) >= 0 ? '_' : c)
        .forEach(plain::appendCodePoint);
    String safe = trimmed(shortened(trimmed(plain.toString())));
    int dot = safe.indexOf('.');
    String stem = (dot < 0 ? safe : safe.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    return safe.isEmpty() || RESERVED.contains(stem) ? "_" + safe : safe;
  }

  /** Controls, and what turns text around or joins it. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Windows takes spaces and dots from the end, which makes two names one. */
  private static String trimmed(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) <= ' ')) {
      end--;
    }
    return name.substring(0, end).stripLeading();
  }

  private static String shortened(String name) {
    if (name.length() <= MAX) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    // So long a name that has no dot, or only one at its beginning, has no short end.
    String extension = name.length() - dot <= MAX_EXTENSION ? name.substring(dot) : "";
    int kept = MAX - extension.length();
    // No half of a pair.
    int end = Character.isHighSurrogate(name.charAt(kept - 1)) ? kept - 1 : kept;
    return name.substring(0, end) + extension;
  }
}
