package org.acopio.web.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page without Faces, for the moments when there is no session and perhaps no working console:
 * text with <code>${value}</code>, <code>%{word}</code> in the person's language, and <code>
 * !{markup}</code>. Values and words are always text.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("([$%!])\\{([A-Za-z.]+)}");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /** The template in a file beside this class. */
  static Template named(String name) {
    try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page; throws {@link IllegalArgumentException} when a value is missing. */
  String fill(Map<String, String> values, UnaryOperator<String> words) {
    Matcher place = PLACE.matcher(text);
    StringBuilder page = new StringBuilder(text.length() * 2);
    while (place.find()) {
      String name = place.group(2);
      String put = place.group(1).equals("%") ? escape(words.apply(name)) : value(name, values);
      String safe = place.group(1).equals("$") ? escape(put) : put;
      place.appendReplacement(page, Matcher.quoteReplacement(safe));
    }
    return place.appendTail(page).toString();
  }

  private static String value(String name, Map<String, String> values) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the page needs a value for " + name);
    }
    return value;
  }

  /** The text as it can stand in an element or a quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
