package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Whatever stands in a header or in the path of a file: an answer that is within the file. */
class HeaderFuzzTest {
  private static final long SIZE = 10_000;
  private static final String TAG = "\"abc\"";

  @FuzzTest
  void rangesAreWithinTheFile(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    for (long size : new long[] {0, 1, SIZE, Long.MAX_VALUE}) {
      Ranges.of(header, size)
          .ifPresent(
              ranges -> {
                assertTrue(ranges.size() <= Ranges.MAX);
                long sum = 0;
                for (Ranges.Range range : ranges) {
                  assertTrue(range.first() >= 0 && range.first() <= range.last(), header);
                  assertTrue(range.last() < size, header);
                  sum += range.length();
                }
                assertTrue(sum <= size, "never more than the whole file");
              });
    }
  }

  @FuzzTest
  void conditionsAreDecided(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String name :
        new String[] {
          "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"
        }) {
      Conditions conditions =
          new Conditions(asked -> asked.equals(name) ? header : null, TAG, Instant.EPOCH);
      Conditions.Verdict verdict = conditions.verdict();
      assertEquals(verdict, conditions.verdict());
      if (!header.contains(TAG) && !header.strip().equals("*")) {
        assertEquals(
            name.equals("If-Match"),
            verdict == Conditions.Verdict.FAILED && name.equals("If-Match"));
      }
      conditions.rangesApply();
    }
  }

  @FuzzTest
  void pathNamesAFileOrNothing(byte[] bytes) {
    String path = new String(bytes, StandardCharsets.UTF_8);
    Target.of(path)
        .ifPresent(
            target -> {
              assertTrue(target.file() >= 0);
              assertTrue(path.startsWith("/"), path);
              assertFalse(path.contains(".."), path);
            });
  }

  @FuzzTest
  void nameForSavingIsHarmless(byte[] bytes) {
    String name = new String(bytes, StandardCharsets.UTF_16BE);
    String safe = SafeName.of(name);
    assertHarmless(safe);
    assertEquals(safe, SafeName.of(safe), "a harmless name stays as it is");
    String header = Disposition.of(true, name);
    assertTrue(header.chars().allMatch(c -> c >= ' ' && c <= '~'), header);
    assertEquals(2, header.chars().filter(c -> c == '"').count(), header);
  }

  private static void assertHarmless(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(length > 0 && length <= 255, () -> length + " bytes: " + name);
    assertTrue(name.chars().noneMatch(c -> "<>:\"/\\|?*".indexOf(c) >= 0 || c < ' '), name);
    assertFalse(name.endsWith(".") || name.endsWith(" "), name);
    assertNotEquals("..", name);
  }

  /** Each line is the path of a file. */
  @FuzzTest
  void namesInAZipAreHarmlessAndDifferent(byte[] bytes) {
    ZipNames names = new ZipNames("SHA256SUMS");
    Set<String> seen = new HashSet<>();
    for (String path : new String(bytes, StandardCharsets.UTF_8).split("\n", 200)) {
      String name = names.of("192.0.2.1", path);
      assertTrue(seen.add(name.toLowerCase(java.util.Locale.ROOT)), () -> "twice: " + name);
      assertTrue(name.startsWith("192.0.2.1/"), name);
      for (String part : name.split("/")) {
        assertHarmless(part);
      }
    }
  }
}
