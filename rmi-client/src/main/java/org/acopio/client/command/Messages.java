package org.acopio.client.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/**
 * The words for people, in their language: {@code Messages.properties} (English), overlaid by
 * {@code Messages_es.properties} for Spanish. Read when the first word is needed. {@code {0}} and
 * so on stand for values; nothing else is special, which keeps {@code MessageFormat} and its tables
 * out of the start.
 */
final class Messages {
  private static final String SPANISH = "es";

  private final boolean spanish;
  private Properties texts = new Properties();

  private Messages(boolean spanish) {
    this.spanish = spanish;
  }

  static Messages of(Locale locale) {
    return new Messages(locale.getLanguage().equals(SPANISH));
  }

  /** The text of {@code key} with its placeholders replaced. */
  String text(String key, Object... values) {
    String text = texts().getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text for " + key);
    }
    return values.length == 0 ? text : fill(text, values);
  }

  /** Places are found in the text only, so a value that looks like one stays what it is. */
  private static String fill(String text, Object[] values) {
    StringBuilder filled = new StringBuilder(text.length() + 64);
    int i = 0;
    while (i < text.length()) {
      int index = i + 2 < text.length() ? text.charAt(i + 1) - '0' : -1;
      boolean place =
          text.charAt(i) == '{' && index >= 0 && index < values.length && text.charAt(i + 2) == '}';
      filled.append(place ? values[index] : text.charAt(i));
      i += place ? 3 : 1;
    }
    return filled.toString();
  }

  private synchronized Properties texts() {
    if (texts.isEmpty()) {
      Properties read = new Properties();
      read(read, "Messages.properties");
      if (spanish) {
        read(read, "Messages_es.properties");
      }
      texts = read;
    }
    return texts;
  }

  private static void read(Properties into, String name) {
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      into.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
