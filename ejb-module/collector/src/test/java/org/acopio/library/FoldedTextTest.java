package org.acopio.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search does not regard. */
class FoldedTextTest {
  private static String folded(String text) {
    return new String(FoldedText.of(text), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "IMG_0001.JPG,img_0001.jpg",
    "ÑANDÚ,nandu",
    "straße,strasse",
    "İstanbul ılık,istanbul ilik",
    "ﬁn,fin",
    "ΟΔΟΣ οδος,οδοσ οδοσ",
    "a\\b,a/b"
  })
  void caseAccentsAndSlashesAreGone(String text, String expected) {
    assertEquals(expected, folded(text));
  }

  private static List<String> words(String text) {
    return FoldedText.words(text).stream()
        .map(word -> new String(word, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void wordsAreSplitAtSpacesOutsideOfQuotationMarks() {
    assertEquals(List.of(), words("  "));
    assertEquals(List.of("a", "b"), words(" A  b "));
    assertEquals(List.of("a b", "c"), words("\"A b\"c"));
    assertEquals(List.of("open end "), words("\"open end "));
    assertEquals(List.of(), words("\"\""));
  }
}
