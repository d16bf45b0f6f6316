package org.acopio.endpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bytes of a client as text for the log: on one line, without control characters, and bounded. */
final class ShownText {
  static final int MAX_CHARS = 200;

  /** No character takes more bytes of UTF-8. */
  private static final int MAX_BYTES = MAX_CHARS * 4;

  private ShownText() {}

  /** The text of what lies between position and limit, which stay as they are. */
  static String of(ByteBuffer bytes) {
    byte[] head = new byte[Math.min(bytes.remaining(), MAX_BYTES)];
    bytes.duplicate().get(head);
    String text = new String(head, StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      String one = escaped(c);
      if (shown.length() + one.length() > MAX_CHARS) {
        return shown.append('…').toString();
      }
      shown.append(one);
    }
    return head.length < bytes.remaining() ? shown.append('…').toString() : shown.toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default -> isHarmless(c) ? Character.toString(c) : "\\u{%x}".formatted(c);
    };
  }

  /** Format characters can turn the direction of a line. */
  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
