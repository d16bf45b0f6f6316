package org.acopio.thumbnail;

/** Text out of a file, made harmless for a screen: nothing in it moves, hides or ends a line. */
final class PlainText {
  /** The most characters that are kept. */
  static final int MAX = 500;

  private PlainText() {}

  static String of(String said) {
    StringBuilder plain = new StringBuilder(Math.min(said.length(), MAX));
    said.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(PlainText::isVisible)
        .limit(MAX)
        .forEach(c -> append(plain, c));
    return plain.toString().strip();
  }

  private static void append(StringBuilder plain, int c) {
    if (plain.length() + Character.charCount(c) <= MAX) {
      plain.appendCodePoint(c);
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
