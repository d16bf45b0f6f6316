package org.acopio.catalog;

import java.util.Locale;

/** Patterns of SQL for texts in small letters: {@code like ? escape '!'}. */
final class LikePattern {
  private LikePattern() {}

  /** Of whatever has this text in it, which stands for itself. */
  static String containing(String text) {
    return "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
  }
}
