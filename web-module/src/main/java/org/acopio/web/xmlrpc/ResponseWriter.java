package org.acopio.web.xmlrpc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes answers as documents in UTF-8. Integers beyond 32 bits go out as {@code i8}, nothing as
 * {@code nil}, both as Apache writes them for who knows that; other types of Apache's go out only
 * where a client sent them.
 */
final class ResponseWriter {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final int SMALL = 256;

  private final StringBuilder out = new StringBuilder(SMALL);

  private final boolean extended;

  private ResponseWriter(boolean extended) {
    this.extended = extended;
  }

  /**
   * The document that says what a method returned.
   *
   * @param extended whether the client knows Apache's types
   */
  static byte[] returned(Value value, boolean extended) {
    ResponseWriter writer = new ResponseWriter(extended);
    writer.out.append(HEAD).append("<methodResponse><params><param>");
    writer.value(value);
    return writer.end("</param></params></methodResponse>\n");
  }

  /** The document that says why there is no answer. */
  static byte[] failed(Fault fault) {
    ResponseWriter writer = new ResponseWriter(false);
    writer.out.append(HEAD).append("<methodResponse><fault>");
    writer.value(fault.toStruct());
    return writer.end("</fault></methodResponse>\n");
  }

  private byte[] end(String last) {
    return out.append(last).toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Value value) {
    out.append("<value>");
    if (value instanceof Value.Struct struct) {
      struct(struct);
    } else if (value instanceof Value.Array array) {
      out.append("<array><data>");
      array.values().forEach(this::value);
      out.append("</data></array>");
    } else if (value instanceof Value.Nil) {
      nil();
    } else {
      scalar(value);
    }
    out.append("</value>");
  }

  private void struct(Value.Struct struct) {
    out.append("<struct>");
    for (Map.Entry<String, Value> member : struct.members().entrySet()) {
      out.append("<member><name>");
      escaped(member.getKey());
      out.append("</name>");
      value(member.getValue());
      out.append("</member>");
    }
    out.append("</struct>");
  }

  private void scalar(Value value) {
    if (value instanceof Value.Text text) {
      element("string", text.value());
    } else if (value instanceof Value.Whole whole) {
      whole(whole);
    } else if (value instanceof Value.Bool bool) {
      element("boolean", bool.value() ? "1" : "0");
    } else if (value instanceof Value.Real real) {
      // The specification knows no exponents.
      element("double", new BigDecimal(Double.toString(real.value())).toPlainString());
    } else if (value instanceof Value.DateTime time) {
      element("dateTime.iso8601", time.iso8601());
    } else if (value instanceof Value.Binary binary) {
      element("base64", binary.base64());
    } else if (value instanceof Value.BigWhole whole) {
      extended("biginteger", whole.decimal());
    } else if (value instanceof Value.BigReal real) {
      extended("bigdecimal", real.decimal());
    } else {
      throw new IllegalStateException("no such type: " + value.type());
    }
  }

  private void whole(Value.Whole whole) {
    String digits = Long.toString(whole.value());
    if (extended && !whole.isInt()) {
      extended(whole.type(), digits);
    } else {
      element(whole.type(), digits);
    }
  }

  private void nil() {
    if (extended) {
      extended("nil", "");
    } else {
      out.append("<nil/>");
    }
  }

  private void element(String name, String text) {
    out.append('<').append(name).append('>');
    escaped(text);
    out.append("</").append(name).append('>');
  }

  private void extended(String name, String text) {
    out.append("<ex:").append(name).append(" xmlns:ex=\"").append(Elements.APACHE).append("\">");
    escaped(text);
    out.append("</ex:").append(name).append('>');
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        // A reader of XML would make a line feed of it.
        case '\r' -> out.append("&#13;");
        default -> out.append(isXml(text, i) ? c : '\uFFFD');
      }
    }
  }

  /** XML 1.0, section 2.2: what cannot stand in a document at all, not even escaped. */
  private static boolean isXml(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c >= ' ' && c < '\uFFFE' || c == '\t' || c == '\n';
  }
}
