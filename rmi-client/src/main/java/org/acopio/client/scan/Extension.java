package org.acopio.client.scan;

import java.util.Locale;

/** What follows the last dot of a file's name. */
final class Extension {
  private Extension() {}

  /** In lower case, without the dot; empty when there is none. */
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
