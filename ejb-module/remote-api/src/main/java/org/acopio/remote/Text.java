package org.acopio.remote;

import java.util.Objects;

/** Checks of text that crosses the wire. */
final class Text {
  /** Most bytes of one character of a string in UTF-8. */
  static final int MAX_UTF8 = 3;

  private Text() {}

  /** The text itself, when it is there and not longer than {@code max} characters. */
  static String bounded(String name, String text, int max) {
    Objects.requireNonNull(text, name);
    if (text.length() > max) {
      throw new IllegalArgumentException(
          name + " has " + text.length() + " characters; at most " + max + " are accepted");
    }
    return text;
  }
}
