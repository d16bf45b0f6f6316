package org.acopio.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes JSON in its canonical form (RFC 8785), piece by piece: no white space, names of each
 * object in ascending order, strings escaped no more than they must be. Names are ASCII; numbers
 * are integers, which the canonical form has up to 2<sup>53</sup>. Not thread-safe.
 */
final class CanonicalJson {
  private static final String HEX = "0123456789abcdef";

  /** An object or array that is open. */
  private static final class Level {
    private final char end;
    private String last = "";
    private boolean empty = true;

    Level(char end) {
      this.end = end;
    }
  }

  private final OutputStream out;
  private final Deque<Level> levels = new ArrayDeque<>();

  CanonicalJson(OutputStream out) {
    this.out = out;
  }

  /** Begins the name of the next value in an object. */
  CanonicalJson name(String name) throws IOException {
    Level level = levels.element();
    if (name.compareTo(level.last) <= 0) {
      throw new IllegalStateException(name + " comes after " + level.last);
    }
    level.last = name;
    separate(level);
    text(name);
    out.write(':');
    return this;
  }

  CanonicalJson object() throws IOException {
    return begin('{', '}');
  }

  CanonicalJson array() throws IOException {
    return begin('[', ']');
  }

  CanonicalJson end() throws IOException {
    out.write(levels.pop().end);
    return this;
  }

  CanonicalJson value(String text) throws IOException {
    element();
    text(text);
    return this;
  }

  CanonicalJson value(long number) throws IOException {
    element();
    ascii(Long.toString(number));
    return this;
  }

  CanonicalJson value(boolean yes) throws IOException {
    element();
    ascii(Boolean.toString(yes));
    return this;
  }

  private CanonicalJson begin(char begin, char end) throws IOException {
    element();
    out.write(begin);
    levels.push(new Level(end));
    return this;
  }

  private void element() throws IOException {
    Level level = levels.peek();
    if (level != null && level.end == ']') {
      separate(level);
    }
  }

  private void separate(Level level) throws IOException {
    if (!level.empty) {
      out.write(',');
    }
    level.empty = false;
  }

  private void text(String text) throws IOException {
    StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
    text.chars().forEach(c -> append(escaped, (char) c));
    out.write(escaped.append('"').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder escaped, char c) {
    switch (c) {
      case '"', '\\' -> escaped.append('\\').append(c);
      case '\b' -> escaped.append("\\b");
      case '\t' -> escaped.append("\\t");
      case '\n' -> escaped.append("\\n");
      case '\f' -> escaped.append("\\f");
      case '\r' -> escaped.append("\\r");
      default -> {
        if (c < 0x20) {
          escaped.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          escaped.append(c);
        }
      }
    }
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
