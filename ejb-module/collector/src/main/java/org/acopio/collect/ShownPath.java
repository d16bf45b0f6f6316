package org.acopio.collect;

import org.acopio.remote.FilePath;

/** Text of clients as people may see it: short, and without characters that do something. */
final class ShownPath {
  private static final char ELLIPSIS = '\u2026';
  private static final int REPLACEMENT = 0xFFFD;

  private ShownPath() {}

  /** The end of the path, which has the file's name in it. */
  static String of(FilePath path) {
    String text = path.toString();
    int from = Math.max(0, text.length() - FileProgress.MAX_PATH);
    String end = clean(text.substring(from));
    return from == 0 ? end : ELLIPSIS + end.substring(1);
  }

  /** The beginning of a text. */
  static String beginning(String text, int max) {
    String clean = clean(text.length() <= max ? text : text.substring(0, max));
    return text.length() <= max ? clean : clean.substring(0, max - 1) + ELLIPSIS;
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> shows(c) ? c : REPLACEMENT).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean shows(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
