package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShownTextTest {
  private static String shown(String text) {
    return ShownText.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void textStaysReadable() {
    assertEquals("¿Qué tal, niño? 📷 \\n", shown("¿Qué tal, niño? 📷 \n"));
  }

  @Test
  void nothingControlsTheTerminalOrForgesALine() {
    assertEquals(
        "a\\r\\nb\\u{1b}[31m\\u{0}\\u{202e}\\u{2028}\\\\n",
        shown("a\r\nb\u001b[31m\0\u202e\u2028\\n"));
  }

  @Test
  void longTextIsCut() {
    assertEquals("x".repeat(200), shown("x".repeat(200)));
    assertEquals("x".repeat(200) + "…", shown("x".repeat(201)));
    assertEquals("x".repeat(200) + "…", shown("x".repeat(100_000)));
    assertEquals("x".repeat(199) + "…", shown("x".repeat(199) + "\n"));
  }

  @Property(tries = 500, seed = "4202611")
  void anyBytesAreOneBoundedLineAndStayUnread(@ForAll byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    String shown = ShownText.of(buffer);
    assertTrue(shown.length() <= ShownText.MAX_CHARS + 1);
    assertTrue(shown.chars().noneMatch(Character::isISOControl), shown);
    assertEquals(bytes.length, buffer.remaining());
  }
}
