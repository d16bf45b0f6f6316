package org.acopio.client.command;

import java.math.BigDecimal;
import java.time.Duration;

/** Writes one JSON object on one line (RFC 8259). */
final class Json {
  private final StringBuilder text = new StringBuilder(256).append('{');
  private boolean first = true;

  /** An empty object. */
  static Json object() {
    return new Json();
  }

  /** An object that begins with the name of its event. */
  static Json event(String name) {
    return new Json().put("event", name);
  }

  Json put(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  Json put(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  Json put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Seconds from nanoseconds, with as many decimals as they have down to the microsecond. */
  Json seconds(String name, Duration value) {
    name(name);
    text.append(BigDecimal.valueOf(value.toNanos() / 1000, 6).stripTrailingZeros().toPlainString());
    return this;
  }

  Json put(String name, Json object) {
    name(name);
    text.append(object);
    return this;
  }

  Json put(String name, Iterable<String> values) {
    name(name);
    char before = '[';
    for (String value : values) {
      text.append(before);
      quote(value);
      before = ',';
    }
    text.append(before == '[' ? "[]" : "]");
    return this;
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    if (isPlain(value)) {
      text.append(value);
    } else {
      escape(value);
    }
    text.append('"');
  }

  /** True when nothing in it has to be escaped: then it goes in at once, which most does. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> plain(value, i, c);
      }
    }
  }

  /** Control characters are escaped, and half of a surrogate pair, which UTF-8 cannot carry. */
  private void plain(String value, int at, char c) {
    boolean whole =
        !Character.isSurrogate(c)
            || (Character.isHighSurrogate(c)
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1)))
            || (Character.isLowSurrogate(c)
                && at > 0
                && Character.isHighSurrogate(value.charAt(at - 1)));
    if (c < 0x20 || c == 0x7f || !whole) {
      text.append("\\u").append(Character.forDigit(c >> 12, 16));
      text.append(Character.forDigit(c >> 8 & 15, 16)).append(Character.forDigit(c >> 4 & 15, 16));
      text.append(Character.forDigit(c & 15, 16));
    } else {
      text.append(c);
    }
  }

  /** The whole object, without a line end. */
  @Override
  public String toString() {
    return text + "}";
  }
}
