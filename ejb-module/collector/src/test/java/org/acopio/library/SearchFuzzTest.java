package org.acopio.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Whatever people look for, and whatever files are called. */
class SearchFuzzTest {
  @FuzzTest
  void wordsAreFoundInTheTextThatTheyAreOf(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<byte[]> words = FoldedText.words(text);
    assertTrue(words.size() <= text.length());
    for (byte[] word : words) {
      assertTrue(word.length > 0, "no word is empty");
    }
    try {
      assertTrue(FileSearch.of(text).text().length() <= FileSearch.MAX_TEXT);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("at most"), e::getMessage);
    }
  }

  /** The first byte says where one name ends and the next begins. */
  @FuzzTest
  void orderOfNamesIsAnOrder(byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    int third = (bytes.length - 1) / 3;
    byte[] a = Arrays.copyOfRange(bytes, 1, 1 + third);
    byte[] b = Arrays.copyOfRange(bytes, 1 + third, 1 + 2 * third);
    byte[] c = Arrays.copyOfRange(bytes, 1 + 2 * third, bytes.length);
    assertEquals(Integer.signum(compare(a, b)), -Integer.signum(compare(b, a)));
    assertEquals(0, compare(a, a.clone()));
    if (compare(a, b) <= 0 && compare(b, c) <= 0) {
      assertTrue(compare(a, c) <= 0, "transitive");
    }
  }

  private static int compare(byte[] a, byte[] b) {
    return NaturalOrder.compare(a, 0, a.length, b, 0, b.length);
  }

  @FuzzTest
  void foldingTwiceIsFoldingOnce(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    byte[] once = FoldedText.of(text);
    assertArrayEquals(once, FoldedText.of(new String(once, StandardCharsets.UTF_8)));
  }
}
