package org.acopio.demo;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the demonstration says, in the person's language when there is a bundle for it. */
final class Words {
  private final ResourceBundle bundle;
  private final Locale locale;
  private final PrintStream out;

  Words(Locale locale, PrintStream out) {
    // English is the root bundle, so a French machine must not fall back to a Spanish default.
    this.bundle =
        ResourceBundle.getBundle(
            "org.acopio.demo.words",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    this.locale = locale;
    this.out = out;
  }

  String text(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }

  void say(String key, Object... values) {
    out.println(text(key, values));
  }

  /** Prints a line as it is. */
  void line(String text) {
    out.println(text);
  }

  void heading(String key, Object... values) {
    out.println();
    out.println("== " + text(key, values));
  }

  /** A number with the language's own separators. */
  String number(long value) {
    return String.format(locale, "%,d", value);
  }
}
