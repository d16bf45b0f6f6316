package org.acopio.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The two notations, to the byte. */
class FormatsTest {
  @Test
  void namesAreEscapedAsTheCoreutilsDo() {
    assertEquals("a\\\\b\\nc\\rd", Sums.escaped("a\\b\nc\rd"));
    assertEquals("año %0A.jpg", Sums.escaped("año %0A.jpg"));
  }

  /** The example of RFC 8785, 3.2.2, as far as it is integers and text. */
  @Test
  void jsonIsInItsCanonicalForm() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CanonicalJson(out)
        .object()
        .name("array")
        .array()
        .value(1)
        .value(true)
        .object()
        .end()
        .value("x")
        .end()
        .name("string")
        .value("\u20ac$\u000f\nA'B\"\\\"/\b\t\f\r\u007f\uD83D\uDE00")
        .end();
    assertEquals(
        "{\"array\":[1,true,{},\"x\"],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\\b\\t\\f\\r\u007f\uD83D\uDE00\"}",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void namesOutOfOrderAreAnError() throws Exception {
    CanonicalJson json = new CanonicalJson(new ByteArrayOutputStream()).object();
    json.name("b").value(1);
    assertThrows(IllegalStateException.class, () -> json.name("a"));
    assertThrows(IllegalStateException.class, () -> json.name("b"));
  }
}
