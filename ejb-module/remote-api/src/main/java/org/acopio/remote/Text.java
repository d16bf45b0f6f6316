package org.acopio.remote;

import java.util.Objects;

/** Checks of text that crosses the wire. */
final class Text {
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
