package org.acopio.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.acopio.remote.FilePath;

/**
 * Text columns. PostgreSQL cannot hold U+0000 in text, and neither database keeps half a surrogate
 * pair, so text from outside is either cleaned (for people) or refused (when it must come back as
 * it was).
 */
final class DisplayText {
  private static final int REPLACEMENT = 0xFFFD;

  private DisplayText() {}

  /** The text with U+FFFD for every control character and broken pair, cut to {@code max} chars. */
  static String clean(String text, int max) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int shown = isStorable(c) && !Character.isISOControl(c) ? c : REPLACEMENT;
      if (clean.length() + Character.charCount(shown) > max) {
        break;
      }
      clean.appendCodePoint(shown);
    }
    return clean.toString();
  }

  /** The last segment of a path for people to read and search, cut to {@code max} chars. */
  static String name(FilePath path, int max) {
    byte[] bytes = path.bytes();
    int start = bytes.length;
    while (start > 0 && bytes[start - 1] != '/') {
      start--;
    }
    return clean(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8), max);
  }

  /** Refuses text that would not come back from the database as it was. */
  static void requireExact(String name, String text, int max) {
    Objects.requireNonNull(text, name);
    if (text.length() > max) {
      throw new IllegalArgumentException(
          name + " has " + text.length() + " characters; at most " + max + " are accepted");
    }
    if (!text.codePoints().allMatch(DisplayText::isStorable)) {
      throw new IllegalArgumentException(
          name + " has U+0000 or half a surrogate pair, which a database cannot keep");
    }
  }

  /** Whether a text of at most {@code max} characters would come back as it was. */
  static boolean isExact(String text, int max) {
    return text.length() <= max && text.codePoints().allMatch(DisplayText::isStorable);
  }

  private static boolean isStorable(int c) {
    return c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }
}
