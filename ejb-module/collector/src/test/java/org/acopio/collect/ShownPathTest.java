package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.acopio.remote.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of clients is shown, and does nothing. */
class ShownPathTest {
  private static final int MOST = FileProgress.MAX_PATH;

  @Test
  void pathIsCutAtItsBeginning() {
    String whole = "/" + "x".repeat(MOST - 1);
    assertEquals(whole, ShownPath.of(FilePath.of(whole)));
    assertEquals("…" + "x".repeat(MOST - 1), ShownPath.of(FilePath.of(whole + "x")));
  }

  @Test
  void otherTextIsCutAtItsEnd() {
    assertEquals("abc", ShownPath.beginning("abc", 3));
    assertEquals("ab…", ShownPath.beginning("abcd", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u202e", "\ud800", "\u2028", "\u2029", "\0"})
  void characterThatDoesSomethingIsReplaced(String character) {
    assertEquals("a\ufffdb", ShownPath.beginning("a" + character + "b", 10));
  }

  @Test
  void pairIsShownAsOne() {
    assertEquals("a📷 ñ", ShownPath.beginning("a📷 ñ", 10));
  }
}
