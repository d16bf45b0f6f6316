package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.acopio.remote.FilePath;
import org.junit.jupiter.api.Test;

/** Text for people is cleaned, text that must come back is refused when it could not. */
class DisplayTextTest {
  @Test
  void nameIsTheLastSegment() {
    assertEquals("c.jpg", name("a/b/c.jpg"));
    assertEquals("c.jpg", name("c.jpg"));
    assertEquals("", name("a/"));
  }

  private static String name(String path) {
    return DisplayText.name(FilePath.of(path), 255);
  }

  @Test
  void whatCannotBeShownIsReplaced() {
    assertEquals("a\uFFFDb\uFFFD\uFFFDc", DisplayText.clean("a\0b\n\uD800c", 10));
    assertEquals("\uFFFD(", DisplayText.name(FilePath.of(new byte[] {'/', (byte) 0xc3, '('}), 255));
  }

  @Test
  void pairIsNeverCutInTwo() {
    assertEquals("ab", DisplayText.clean("ab\uD83D\uDCF7", 3));
    assertEquals("ab\uD83D\uDCF7", DisplayText.clean("ab\uD83D\uDCF7c", 4));
  }

  @Test
  void exactTextIsRefusedRatherThanChanged() {
    String exact = "a\n\uD83D\uDCF7";
    assertDoesNotThrow(() -> DisplayText.requireExact("t", exact, 4));
    assertTrue(DisplayText.isExact(exact, 4));
    for (String bad : new String[] {"\0", "\uD800", "\uDFFF", "\uDC00\uD800", "12345"}) {
      assertThrows(
          IllegalArgumentException.class, () -> DisplayText.requireExact("t", bad, 4), bad);
      assertFalse(DisplayText.isExact(bad, 4), bad);
    }
  }
}
