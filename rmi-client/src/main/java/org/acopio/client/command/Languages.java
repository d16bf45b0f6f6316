package org.acopio.client.command;

import java.util.Locale;
import java.util.Map;

/** Which language the person reads. */
final class Languages {
  private static final String[] VARIABLES = {"LC_ALL", "LC_MESSAGES", "LANG"};

  private Languages() {}

  /**
   * By the environment, because the JVM takes a language whose locale is not installed for English;
   * else what the JVM says.
   */
  static Locale of(Map<String, String> environment) {
    for (String variable : VARIABLES) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        String name = upTo('@', upTo('.', value));
        boolean none = name.equals("C") || name.equals("POSIX");
        return none ? Locale.getDefault() : Locale.forLanguageTag(name.replace('_', '-'));
      }
    }
    return Locale.getDefault();
  }

  private static String upTo(char end, String value) {
    int at = value.indexOf(end);
    return at < 0 ? value : value.substring(0, at);
  }
}
