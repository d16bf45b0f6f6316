package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.acopio.web.content.Target.View;
import org.acopio.web.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/svg+xml", "text/html", "application/pdf", "image/tiff", "application/xhtml+xml",
        "text/xml", "application/javascript", "image/jpeg; x", "", "IMAGE/JPEG"
      })
  void whatABrowserCouldRunIsBytesToBeSaved(String type) {
    assertEquals(new ServedType("application/octet-stream", false), ServedType.of(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image/jpeg", "image/png", "image/webp", "image/avif", "video/mp4", "audio/mpeg"})
  void whatItShowsIsItself(String type) {
    assertEquals(new ServedType(type, true), ServedType.of(type));
  }

  @Test
  void soundsHaveTheNamesThatBrowsersKnow() {
    assertEquals("audio/ogg", ServedType.of("audio/vorbis").mediaType());
    assertEquals("audio/wav", ServedType.of("audio/vnd.wave").mediaType());
    assertEquals("audio/flac", ServedType.of("audio/x-flac").mediaType());
  }

  @Test
  void pathsNameAFileAndAView() {
    assertEquals(Optional.of(new Target(7, View.BYTES)), Target.of("/7"));
    assertEquals(Optional.of(new Target(7, View.THUMBNAIL)), Target.of("/7/thumbnail"));
    assertEquals(Optional.of(new Target(7, View.PAGE)), Target.of("/7/page"));
    assertEquals(Optional.of(new Target(7, View.METADATA)), Target.of("/7/metadata"));
    for (String path :
        List.of("", "/", "/x", "/-1", "/7/", "/7/../8", "/1234567890123456789", "/7/zip")) {
      assertEquals(Optional.empty(), Target.of(path), path);
    }
    assertEquals(Optional.empty(), Target.of(null));
  }

  private static Set<Long> zip(String... values) {
    return ZipServlet.numbers(Map.of("file", values));
  }

  private static String list(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }

  @Test
  void aZipHasSomeFilesEachOnce() {
    assertEquals(Set.of(3L, 5L, 7L), zip("5", "3,7", "5"));
    assertEquals(ZipServlet.MAX_FILES, zip(list(ZipServlet.MAX_FILES)).size());
    assertThrows(ProblemException.class, () -> ZipServlet.numbers(Map.of()));
    assertThrows(ProblemException.class, () -> zip("-1"));
    assertThrows(ProblemException.class, () -> zip("1,,2"));
    assertThrows(ProblemException.class, () -> zip(list(ZipServlet.MAX_FILES + 1)));
  }

  @Test
  void whatTheContainerMayHaveCutIsRefused() {
    String[] many = new String[10_000];
    Arrays.fill(many, "1");
    assertThrows(ProblemException.class, () -> zip(many));
    assertEquals(Set.of(1L), zip(Arrays.copyOf(many, 9_999)));
  }
}
