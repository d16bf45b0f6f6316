package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNamesTest {
  /** The systems that a store can lie on. */
  enum Host {
    UNIX(new StoredNames(false, false)),
    WINDOWS(new StoredNames(true, false)),
    ASCII(new StoredNames(false, true));

    final StoredNames names;

    Host(StoredNames names) {
      this.names = names;
    }
  }

  /** Paths as they are on PCs, and as nobody should have them. */
  static List<FilePath> paths() {
    Stream<String> texts =
        Stream.of(
            "/home/rosa/Fotos/playa.jpg",
            "C:/Users/Rosa/Imágenes/año nuevo.JPG",
            "//servidor/compartido/x.pdf",
            "写真/日本語.png",
            "صور/عربي.jpg",
            "תמונות/עברית.gif",
            "फ़ोटो/हिन्दी.jpg",
            "รูป/ไทย.jpg",
            "사진/한국어.jpg",
            "Фото/русский.jpg",
            "👩‍👩‍👧‍👦/🏖️.jpg",
            "nfc/\u00f1.jpg",
            "nfc/n\u0303.jpg",
            "rtl/\u202egpj.exe",
            "bom/\ufeffx",
            "line\nbreak\r.jpg",
            "tab\t\u0000nul\u0007\u001b[31m.jpg",
            "\u2028\u2029\u0085",
            "..",
            ".",
            "../../etc/passwd",
            "a/../b",
            "a/./b",
            "a/.../b",
            ". /.. /x",
            "x.",
            "x ",
            "x..",
            "%",
            "%%",
            "%41",
            "a%2Fb",
            "x%v2.jpg",
            "x%_/y",
            "%long/x",
            "back\\slash\\..\\x.jpg",
            "C:\\x",
            "<>:\"|?*.jpg",
            "CON",
            "con.jpg",
            "Con .jpg",
            "NUL.tar.gz",
            "COM1",
            "com¹.txt",
            "CONIN$",
            "lpt9.png/aux",
            "console",
            "/",
            "//",
            "///",
            "a//b",
            "a///b",
            "a/",
            "a//",
            "//a",
            "///a/",
            "a/%2F",
            " ",
            "-rf",
            "~",
            "'\"`$(x)`",
            "n".repeat(255),
            "n".repeat(251) + ".jpg",
            "n".repeat(254) + ".",
            "n".repeat(254) + " ",
            "con." + "n".repeat(251),
            "n".repeat(256),
            "n".repeat(1_000) + ".jpg",
            "n".repeat(240) + "./x",
            "n".repeat(480) + "..",
            "n".repeat(480) + "../x",
            "n".repeat(224) + "/x",
            "n".repeat(225) + "..",
            "n".repeat(224 * 2) + "../x",
            "n".repeat(224 * 2) + "./x",
            "n".repeat(224 * 2) + "con/x",
            "n".repeat(224) + "con." + "m".repeat(300),
            "写".repeat(85),
            "写".repeat(255),
            "🏖".repeat(63),
            "🏖".repeat(255) + ".jpg",
            "%".repeat(255),
            "\n".repeat(255),
            "a/".repeat(100) + "x.jpg",
            "a/".repeat(1_410) + "x.jpg",
            "a/".repeat(16_383) + "x",
            "x".repeat(FilePath.MAX_BYTES),
            "é/".repeat(10_000) + "foto.jpg");
    Stream<byte[]> bytes =
        Stream.of(
            new byte[] {'a', (byte) 0xf1, 'o'},
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0xae, '/', (byte) 0xc0, (byte) 0xaf},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x8f},
            new byte[] {'/', (byte) 0xe5, '/', (byte) 0x86, '/', (byte) 0x99},
            new byte[] {(byte) 0xc3, (byte) 0xb1, (byte) 0xc3},
            new byte[] {0},
            new byte[] {'%', (byte) 0xc3});
    return Stream.concat(texts.map(FilePath::of), bytes.map(FilePath::of)).toList();
  }

  static Stream<FilePath> noise(long seed) {
    Random random = new Random(seed);
    byte[] alphabet =
        new byte[] {
          '/',
          '/',
          '.',
          '.',
          '%',
          '_',
          'v',
          '2',
          'F',
          'a',
          ' ',
          ':',
          '\\',
          '\n',
          0,
          (byte) 0xc3,
          (byte) 0xb1,
          (byte) 0xe5,
          (byte) 0x86,
          (byte) 0x99,
          (byte) 0xff,
          'c',
          'o',
          'n'
        };
    return Stream.generate(
            () -> {
              byte[] path = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 900 : 12)];
              for (int i = 0; i < path.length; i++) {
                path[i] = alphabet[random.nextInt(alphabet.length)];
              }
              return FilePath.of(path);
            })
        .limit(500);
  }

  // ---------------------------------------------------------------- inverse

  /**
   * What a stored name was on the PC, without the first slash, of which a name keeps no trace.
   * Nothing but the name is needed, unless the path was too long as a whole.
   */
  static FilePath recovered(List<String> names) {
    String joined = String.join("/", names).replaceAll("%v[0-9]+", "").replace("%_/", "");
    byte[] utf8 = joined.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '%') {
        path.write(Integer.parseInt(joined(utf8, i + 1), 16));
        i += 2;
      } else {
        path.write(utf8[i]);
      }
    }
    return FilePath.of(path.toByteArray());
  }

  private static String joined(byte[] utf8, int at) {
    return new String(utf8, at, 2, StandardCharsets.US_ASCII);
  }

  private static FilePath withoutFirstSlash(FilePath path) {
    byte[] bytes = path.bytes();
    return bytes.length > 1 && bytes[0] == '/'
        ? FilePath.of(Arrays.copyOfRange(bytes, 1, bytes.length))
        : path;
  }

  static void assertRecoverable(FilePath path, List<String> names) {
    if (names.get(0).equals("%long")) {
      assertEquals(Sha256.of(Sha256.start().digest(path.bytes())).toString(), names.get(1));
    } else {
      assertEquals(withoutFirstSlash(path), recovered(names), () -> "from " + names);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPathIsRecoverableFromItsName(Host host) {
    Stream.concat(paths().stream(), noise(1))
        .forEach(path -> assertRecoverable(path, host.names.segments(path)));
  }

  @ParameterizedTest
  @EnumSource
  void everyPathIsRecoverableFromTheNameOfALaterVersion(Host host) {
    Stream.concat(paths().stream(), noise(2))
        .forEach(
            path -> {
              List<String> names = host.names.segments(path);
              for (int number : new int[] {2, Integer.MAX_VALUE}) {
                List<String> later = host.names.occupant(names.get(names.size() - 1), number);
                assertSafe(host, later);
                assertTrue(later.get(later.size() - 1).contains("%v" + number));
                assertRecoverable(
                    path,
                    Stream.concat(names.subList(0, names.size() - 1).stream(), later.stream())
                        .toList());
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void noTwoPathsHaveOneName(Host host) {
    Map<List<String>, FilePath> seen = new HashMap<>();
    Stream.concat(paths().stream(), noise(3))
        .map(StoredNamesTest::withoutFirstSlash)
        .distinct()
        .forEach(
            path -> {
              FilePath other = seen.put(host.names.segments(path), path);
              assertTrue(
                  other == null || withoutFirstSlash(other).equals(withoutFirstSlash(path)),
                  () -> other + " and " + path);
            });
    assertTrue(seen.size() > 400);
  }

  // ----------------------------------------------------------------- safety

  @ParameterizedTest
  @EnumSource
  void everyNameIsSafeToCreate(Host host) {
    Stream.concat(paths().stream(), noise(4))
        .forEach(path -> assertSafe(host, host.names.segments(path)));
  }

  static void assertSafe(Host host, List<String> names) {
    assertFalse(names.isEmpty());
    int total = 0;
    for (String name : names) {
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      total += length + 1;
      assertTrue(length > 0 && length <= 255, () -> length + " bytes: " + name);
      assertFalse(Set.of(".", "..").contains(name), name);
      assertFalse(name.contains("/") || name.contains("\\"), name);
      assertTrue(name.codePoints().noneMatch(StoredNamesTest::hides), () -> "hides: " + name);
      if (host == Host.ASCII) {
        assertTrue(name.chars().allMatch(c -> c < 0x7f), name);
      }
      if (host == Host.WINDOWS) {
        assertSafeOnWindows(name);
      }
    }
    assertTrue(total <= 2_800 || names.size() <= 2, "the path is too long as a whole");
  }

  private static boolean hides(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.FORMAT
            && codePoint != 0x200c
            && codePoint != 0x200d
        || codePoint == 0x2028
        || codePoint == 0x2029;
  }

  private static void assertSafeOnWindows(String name) {
    assertTrue(name.chars().noneMatch(c -> "<>:\"|?*".indexOf(c) >= 0), name);
    assertFalse(name.endsWith(".") || name.endsWith(" "), name);
    String stem = name.split("\\.", 2)[0].strip();
    assertFalse(
        stem.matches("(?i)con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]"),
        () -> "a device: " + name);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNIX", "WINDOWS"})
  void ordinaryNamesStayReadable(Host host) {
    for (String path :
        List.of(
            "home/rosa/Fotos/playa.jpg",
            "Imágenes/año nuevo.JPG",
            "写真/日本語.png",
            "👩‍👩‍👧‍👦/🏖️.jpg")) {
      assertEquals(List.of(path.split("/")), host.names.segments(FilePath.of("/" + path)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "foto.jpg, 2, foto%v2.jpg",
    "foto.jpg, 11, foto%v11.jpg",
    "foto, 2, foto%v2",
    ".hidden, 2, .hidden%v2",
    "archivo.tar.gz, 3, archivo.tar%v3.gz",
    "x.notAnExtension, 2, x.notAnExtension%v2"
  })
  void laterVersionKeepsItsExtension(String name, int number, String expected) {
    assertEquals(List.of(expected), Host.UNIX.names.occupant(name, number));
  }

  @ParameterizedTest
  @ValueSource(ints = {240, 250, 251})
  void laterVersionOfALongNameKeepsItsExtension(int length) {
    for (int number : new int[] {2, 99, 100, 12_345}) {
      List<String> names = Host.UNIX.names.occupant("n".repeat(length) + ".jpg", number);
      assertTrue(names.get(names.size() - 1).endsWith(".jpg"), () -> "" + names);
    }
  }

  @Test
  void deviceNamesAreNoDevicesOnWindows() {
    assertEquals(List.of("%43ON"), Host.WINDOWS.names.segments(FilePath.of("CON")));
    assertEquals(List.of("CON"), Host.UNIX.names.segments(FilePath.of("CON")));
  }

  @Test
  void composedAndDecomposedStayTwoNames() {
    assertFalse(
        Host.UNIX
            .names
            .segments(FilePath.of("\u00f1"))
            .equals(Host.UNIX.names.segments(FilePath.of("n\u0303"))));
  }

  @Test
  void addressOfVersion6CanBeAFolderEverywhere() {
    assertEquals("2001:db8::1", Host.UNIX.names.folder("2001:db8::1"));
    assertEquals("2001-db8--1", Host.WINDOWS.names.folder("2001:db8::1"));
  }
}
