package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.acopio.remote.FilePath;

/** Whatever a path is: it comes back from the catalog's key, and what is shown can be stored. */
class KeyFuzzTest {
  @FuzzTest
  void pathComesBackFromItsKey(byte[] bytes) {
    byte[] key = FolderKey.ofPath(bytes);
    assertArrayEquals(bytes, FolderKey.text(key, 0, key.length));
    byte[] name = FolderKey.ofName(bytes);
    assertArrayEquals(bytes, FolderKey.text(name, 0, name.length));
    byte[] below = FolderKey.ofPath(join(bytes, "/x"));
    byte[] folder = FolderKey.ofFolder(bytes);
    assertTrue(folder.length <= below.length);
    assertArrayEquals(folder, Arrays.copyOf(below, folder.length), "what is below begins with it");
  }

  private static byte[] join(byte[] bytes, String more) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + more.length());
    System.arraycopy(
        more.getBytes(StandardCharsets.US_ASCII), 0, joined, bytes.length, more.length());
    return joined;
  }

  @FuzzTest
  void shownTextCanBeStored(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_16BE);
    String clean = DisplayText.clean(text, 40);
    assertTrue(DisplayText.isExact(clean, 40), clean);
    assertEquals(clean, DisplayText.clean(clean, 40));
    if (bytes.length > 0 && bytes.length <= FilePath.MAX_BYTES) {
      assertTrue(DisplayText.isExact(DisplayText.name(FilePath.of(bytes), 100), 100));
    }
  }
}
