package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small classes that make text. */
class WordsTest {
  @Test
  void jsonEscapesWhatItMust() {
    assertEquals(
        "{\"event\":\"e\",\"a\\\"\\\\b\":\"\\n\\r\\t\\u0000\\u001f\\u007f é\ud83d\udcf7\"}",
        Json.event("e").put("a\"\\b", "\n\r\t\0\u001f\u007f é\ud83d\udcf7").toString());
    assertEquals("{\"s\":\"a\\ud83d\"}", Json.object().put("s", "a\ud83d").toString());
    assertEquals("{\"s\":\"\\udcf7a\"}", Json.object().put("s", "\udcf7a").toString());
    assertEquals(
        "{\"l\":[],\"m\":[\"a\",\"b\"],\"n\":-1,\"t\":true,\"o\":{}}",
        Json.object()
            .put("l", List.of())
            .put("m", List.of("a", "b"))
            .put("n", -1)
            .put("t", true)
            .put("o", Json.object())
            .toString());
  }

  @Test
  void jsonSecondsArePlainNumbers() {
    assertEquals("{\"s\":0.2}", Json.object().seconds("s", Duration.ofMillis(200)).toString());
    assertEquals("{\"s\":100}", Json.object().seconds("s", Duration.ofSeconds(100)).toString());
    assertEquals("{\"s\":0}", Json.object().seconds("s", Duration.ofNanos(999)).toString());
    assertEquals("{\"s\":-1.5}", Json.object().seconds("s", Duration.ofMillis(-1500)).toString());
  }

  @Test
  void sizesHaveThreeDigits() {
    Units units = new Units(Messages.of(Locale.ENGLISH));
    assertEquals("0 B", units.size(0));
    assertEquals("999 B", units.size(999));
    assertEquals("1.00 kB", units.size(1000));
    assertEquals("1.00 MB", units.size(999_900));
    assertEquals("12.3 MB", units.size(12_345_678));
    assertEquals("123 GB", units.size(123_456_789_012L));
    assertEquals("9.22 EB", units.size(Long.MAX_VALUE));
    assertEquals("1,50 kB", new Units(Messages.of(Locale.forLanguageTag("es"))).size(1500));
  }

  @Test
  void durationsAreReadable() {
    Units units = new Units(Messages.of(Locale.ENGLISH));
    assertEquals("0.000 s", units.duration(Duration.ZERO));
    assertEquals("0.250 s", units.duration(Duration.ofMillis(250)));
    assertEquals("12.3 s", units.duration(Duration.ofMillis(12_345)));
    assertEquals("04:05", units.duration(Duration.ofSeconds(245)));
    assertEquals("1:02:03", units.duration(Duration.ofSeconds(3723)));
  }

  @Test
  void nearestNamesAreFewSlipsAway() {
    List<String> names = List.of("collect", "parity", "status");
    assertEquals(List.of("collect"), Nearest.to("colect", names));
    assertEquals(List.of("status"), Nearest.to("stauts", names));
    assertEquals(List.of("parity"), Nearest.to("par", names));
    assertEquals(List.of(), Nearest.to("xyzzy", names));
  }

  @Test
  void integersKeepTheirSignAndLoseTheirZeros() {
    assertEquals("-7", DecimalInteger.parse(" -007 ").orElseThrow().toString());
    assertEquals("0", DecimalInteger.parse("-0").orElseThrow().toString());
    assertFalse(DecimalInteger.parse("-0").orElseThrow().isNegative());
    assertTrue(DecimalInteger.parse("000").orElseThrow().isZero());
    assertTrue(DecimalInteger.parse("").isEmpty());
    assertTrue(DecimalInteger.parse("1 2").isEmpty());
  }

  @Test
  void journalIsWhereTheSystemKeepsState() {
    Path home = Path.of("/home/ana");
    assertEquals(
        Path.of("/home/ana/.local/state/acopio"), JournalDirectory.of(Map.of(), home, "Linux"));
    assertEquals(
        Path.of("/state/acopio"),
        JournalDirectory.of(Map.of("XDG_STATE_HOME", "/state"), home, "Linux"));
    assertEquals(
        Path.of("/home/ana/.local/state/acopio"),
        JournalDirectory.of(Map.of("XDG_STATE_HOME", "relative"), home, "FreeBSD"));
    assertEquals(
        Path.of("/home/ana/Library/Application Support/acopio"),
        JournalDirectory.of(Map.of(), home, "Mac OS X"));
    assertEquals(
        Path.of("/local/acopio"),
        JournalDirectory.of(Map.of("LOCALAPPDATA", "/local"), home, "Windows 11"));
  }

  @Test
  void pathsThatAreNotUtf8AreKnown() {
    byte[] broken = {'/', 'a', (byte) 0xff};
    byte[] replacement = "/\ufffd".getBytes(StandardCharsets.UTF_8);
    assertEquals("/a\ufffd", PathText.decoded(broken));
    assertFalse(PathText.isUtf8(broken, PathText.decoded(broken)));
    assertTrue(PathText.isUtf8(replacement, PathText.decoded(replacement)));
    assertEquals("/a\\x07\\nñ", PathText.printable("/a\u0007\nñ"));
  }
}
