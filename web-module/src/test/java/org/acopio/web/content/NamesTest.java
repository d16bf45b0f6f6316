package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files in headers and in zips. */
class NamesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`/home/rosa/niño.jpg`, `niño.jpg`",
        "`C:\\fotos\\a.jpg`, `a.jpg`",
        "`<img src=x onerror=alert(1)>.jpg`, `_img src=x onerror=alert(1)_.jpg`",
        "`a\r\nSet-Cookie: x=1.jpg`, `aSet-Cookie_ x=1.jpg`",
        "`gpj.\u202eexe`, `gpj.exe`",
        "`con.jpg`, `_con.jpg`",
        "`LPT1`, `_LPT1`",
        "`aux .txt`, `_aux .txt`",
        "`a. . .`, `a`",
        "`..`, `_`",
        "`/x/`, `_`",
        "`\u0000`, `_`",
        "`a\"b`, `a_b`"
      })
  void aNameBecomesHarmless(String path, String name) {
    String header = Disposition.of(false, path);
    String encoded = header.substring(header.indexOf("''") + 2);
    assertEquals(
        name, java.net.URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    assertTrue(header.startsWith("attachment; filename=\""), header);
    assertTrue(header.chars().allMatch(c -> c >= ' ' && c <= '~'), header);
    assertEquals(2, header.chars().filter(c -> c == '"').count(), header);
  }

  @Test
  void whatMayBeShownIsInline() {
    assertEquals(
        "inline; filename=\"a b.jpg\"; filename*=UTF-8''a%20b.jpg",
        Disposition.of(true, "/x/a b.jpg"));
  }

  @Test
  void everyProgramReadsTheHeaderAlike() {
    assertEquals(
        "attachment; filename=\"@azAZ09[_{}~ _'()_.jpg\";"
            + " filename*=UTF-8''%40azAZ09%5B%25%7B%7D~%20%C3%B1%27%28%29%F0%9F%98%80.jpg",
        Disposition.of(false, "C:\\x/y\\@azAZ09[%{}~ \u00f1'()\ud83d\ude00.jpg"));
    assertEquals(
        "attachment; filename=\"b.jpg\"; filename*=UTF-8''b.jpg", Disposition.of(false, "b.jpg"));
  }

  @Test
  void longNamesKeepTheirExtension() {
    String name = SafeName.of("ñ".repeat(300) + ".jpeg");
    assertTrue(name.endsWith("ñ.jpeg"), name);
    assertEquals(SafeName.MAX, name.length());
    String extension = "." + "e".repeat(15);
    assertEquals("x".repeat(64) + extension, SafeName.of("x".repeat(300) + extension));
    assertEquals("x".repeat(80), SafeName.of("x".repeat(300) + extension + "e"), "is none");
    assertEquals("." + "x".repeat(79), SafeName.of("." + "x".repeat(300)));
    assertEquals("x".repeat(80), SafeName.of("x".repeat(80)));
    assertEquals("x".repeat(76) + ".jpg", SafeName.of("x".repeat(76) + ".jpg"));
    assertEquals("x".repeat(79), SafeName.of("x".repeat(79) + "\ud83d\ude00"), "no half a pair");
    assertEquals("x".repeat(79), SafeName.of("x".repeat(79) + " " + "y"), "no space at the end");
    assertTrue(
        SafeName.of("\ud83d\ude00".repeat(300)).getBytes(StandardCharsets.UTF_8).length < 350);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/../../passwd",
        "..\\..\\a",
        "C:\\a\\b",
        "C:/a/b",
        "//server/share/x",
        "./.",
        "..",
        "\u0000"
      })
  void nothingInAZipLeadsOutOfIt(String path) {
    String name = new ZipNames("x").of("192.0.2.7", path);
    assertTrue(name.startsWith("192.0.2.7/"), name);
    assertFalse(name.contains(":"), name);
    assertFalse(name.contains("\\"), name);
    assertFalse(List.of(name.split("/")).contains(".."), name);
  }

  @Test
  void noTwoNamesInAZipAreTheSameInAnyLetterCase() {
    ZipNames names = new ZipNames("PROBLEMS.txt");
    assertEquals("h/a/x.jpg", names.of("h", "/a/x.jpg"));
    assertEquals("h/a/x (2).jpg", names.of("h", "/a/x.jpg"));
    assertEquals("h/A/X (3).JPG", names.of("h", "/A/X.JPG"));
    assertEquals("h/a (2)", names.of("h", "/a"));
    assertEquals("h/a/x.jpg (2)/y", names.of("h", "/a/x.jpg/y"));
    assertEquals("i/a/x.jpg", names.of("i", "/a/x.jpg"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`/`, `h/_`",
        "`  / /..`, `h/_`",
        "`C:\\fotos\\a.jpg`, `h/C/fotos/a.jpg`",
        "`/a/./b/../c//d `, `h/a/b/c/d`",
        "`/nul/con.d/x`, `h/_nul/_con.d/x`",
        "`a`, `h/a`"
      })
  void pathInAZipIsThatOfThePcAsFarAsItIsHarmless(String path, String name) {
    assertEquals(name, new ZipNames("x").of("h", path));
  }

  @Test
  void filesOfOneNameAreNumberedBeforeTheirExtension() {
    ZipNames names = new ZipNames("h/taken.txt");
    assertEquals("h/taken (2).txt", names.of("h", "/taken.txt"));
    assertEquals("h/taken (3).txt", names.of("h", "/taken.txt"));
    assertEquals("h/.profile", names.of("h", "/.profile"));
    assertEquals("h/.profile (2)", names.of("h", "/.profile"));
    assertEquals("h/README", names.of("h", "/README"));
    assertEquals("h/readme (2)", names.of("h", "/readme"));
    // A number that a name has of itself.
    assertEquals("h/x (2).jpg", names.of("h", "/x (2).jpg"));
    assertEquals("h/x.jpg", names.of("h", "/x.jpg"));
    assertEquals("h/x (3).jpg", names.of("h", "/x.jpg"));
    assertEquals("h/x.jpg (2)/y/z", names.of("h", "/x.jpg/y/z"));
    assertEquals("h/x.jpg (2)/Y (2)", names.of("h", "/x.jpg/Y"), "a folder has that name");
  }

  @Test
  void ofAVeryLongPathTheNearestFoldersAreKept() {
    String twelve = "/" + String.join("/", java.util.Collections.nCopies(11, "f".repeat(80)));
    String near = twelve + "/" + "x".repeat(80);
    assertEquals(
        "h/" + "n".repeat(27) + near, new ZipNames("x").of("h", "/n" + "n".repeat(26) + near));
    assertEquals("h" + near, new ZipNames("x").of("h", "/n" + "n".repeat(27) + near));
  }

  @Test
  void whateverThePathsAreTheNamesAreDistinctAndShort() {
    Random random = new Random(7);
    String[] parts = {
      "a", "A", "..", ".", "con", "x.jpg", "ñ", "\u202e", "C:", "b ".repeat(300), " "
    };
    ZipNames names = new ZipNames("PROBLEMS.txt");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        path.append(random.nextBoolean() ? '/' : '\\').append(parts[random.nextInt(parts.length)]);
      }
      String name = names.of("192.0.2.7", path.toString());
      assertTrue(seen.add(name.toLowerCase(Locale.ROOT)), name);
      assertTrue(name.length() < 2_000, () -> "" + name.length());
    }
  }
}
