package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys are in the order of a walk through the folders. */
class FolderKeyTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatLiesInAFolderFollowsItWithoutAGap() {
    List<String> walk =
        List.of(
            "/a", "/a/a", "/a/b/c", "/a/b/\0", "/a/b/\1", "/a/b/\2", "/a\0", "/a\1", "/a!", "/b");
    List<String> sorted = new ArrayList<>(walk);
    sorted.sort(
        (one, other) ->
            Arrays.compareUnsigned(FolderKey.ofPath(bytes(one)), FolderKey.ofPath(bytes(other))));
    assertEquals(
        List.of(
            "/a", "/a/a", "/a/b/\0", "/a/b/\1", "/a/b/\2", "/a/b/c", "/a\0", "/a\1", "/a!", "/b"),
        sorted);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a|b",
    "/a/b, /a|b",
    "a//b, a|/b",
    "/, /",
    "//, //",
    "a/, a/",
    "a/b/, a|b/",
    "/a, /a"
  })
  void slashWithoutANameBesideItBelongsToAName(String path, String key) {
    assertEquals(key.replace('|', '\0'), text(FolderKey.ofPath(bytes(path))));
    byte[] made = FolderKey.ofPath(bytes(path));
    assertEquals(path, text(FolderKey.text(made, 0, made.length)));
  }

  @Test
  void slashesOfANameStay() {
    byte[] key = FolderKey.ofName(bytes("a/b\0c\1"));
    assertEquals("a/b\1\1c\1\2", text(key));
    assertEquals("a/b\0c\1", text(FolderKey.text(key, 0, key.length)));
    assertEquals("b\0", text(FolderKey.text(key, 2, 5)));
  }

  @Test
  void keysBelowAFolderBeginWithThatOfTheFolder() {
    assertEquals("a\0b\0", text(FolderKey.ofFolder(bytes("a/b"))));
    assertArrayEquals(new byte[0], FolderKey.ofFolder(new byte[0]));
  }
}
