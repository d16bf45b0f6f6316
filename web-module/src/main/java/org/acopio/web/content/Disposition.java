package org.acopio.web.content;

import java.nio.charset.StandardCharsets;

/** The {@code Content-Disposition} of an answer (RFC 6266), with names that are harmless. */
final class Disposition {
  private static final String ATTR_CHAR = "!#$&+-.^_`|~";

  private Disposition() {}

  /**
   * The header.
   *
   * @param inline whether the browser may show the content in place
   * @param path of the file on its PC, of which the last name is proposed for saving
   */
  static String of(boolean inline, String path) {
    String name = SafeName.of(path.substring(lastSeparator(path) + 1));
    return "%s; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(inline ? "inline" : "attachment", ascii(name), encoded(name));
  }

  private static int lastSeparator(String path) {
    return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  }

  /** For old programs; the percent sign would be decoded by some and not by others. */
  private static String ascii(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .map(c -> c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' ? '_' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** RFC 8187, section 3.2. */
  private static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || ATTR_CHAR.indexOf(b) >= 0;
      if (plain) {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b & 0xff));
      }
    }
    return out.toString();
  }
}
