package org.acopio.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.acopio.media.Samples.Sample;
import org.apache.tika.mime.MimeTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MediaDetectorTest {
  private static Optional<String> detect(byte[] content, String name) {
    return MediaDetector.detect(whole(content), Samples.latin(name));
  }

  /** Gives all there is, however little is asked for. */
  private static Content<RuntimeException> whole(byte[] content) {
    return length -> content;
  }

  private static Head head(byte[] content) {
    return Head.of(content, MediaDetector.MOST_BYTES);
  }

  static Stream<Arguments> media() {
    return Stream.of(Samples.common(), Samples.rare())
        .flatMap(formats -> formats.entrySet().stream())
        .flatMap(
            format ->
                format.getValue().stream().map(content -> Arguments.of(format.getKey(), content)));
  }

  static List<byte[]> decoys() {
    return Samples.decoys();
  }

  static List<Sample> corpus() {
    return Samples.corpus();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void verdictDependsOnTheFirstBytesAndTheNameAlone(Sample sample) {
    byte[] name = Samples.latin(sample.name());
    assertEquals(sample.type(), MediaDetector.detect(whole(sample.content()), name));
    List<Integer> asked = new ArrayList<>();
    Content<RuntimeException> sparing =
        length -> {
          asked.add(length);
          return Arrays.copyOf(sample.content(), Math.min(length, sample.content().length));
        };
    byte[] path = Samples.latin("C:/photos.jpg/" + sample.name());
    assertEquals(sample.type(), MediaDetector.detect(sparing, path));
    assertTrue(
        asked.equals(List.of(MediaDetector.FIRST_BYTES))
            || asked.equals(List.of(MediaDetector.FIRST_BYTES, MediaDetector.MOST_BYTES)),
        asked::toString);
  }

  @Test
  void commonFormatsAskForTheFirstBytesOnly() {
    Samples.common().values().stream()
        .flatMap(List::stream)
        .map(content -> Samples.withNoise(content, 14_000))
        .forEach(
            content ->
                MediaDetector.detect(
                    length -> {
                      assertEquals(MediaDetector.FIRST_BYTES, length);
                      return content;
                    },
                    Samples.latin("a.bin")));
  }

  @Test
  void failureToReadReachesTheCaller() {
    Content<IOException> broken =
        length -> {
          throw new IOException("broken disk");
        };
    assertThrows(IOException.class, () -> MediaDetector.detect(broken, Samples.latin("a.jpg")));
  }

  /** Each sample cut off anywhere and with bytes changed, and names of every kind of byte. */
  @Test
  void contentOfAnyKindIsSurvived() {
    Random random = new Random(3);
    for (Sample sample : Samples.corpus()) {
      byte[] name = Samples.latin("/" + sample.name());
      for (int i = 0; i < 8; i++) {
        byte[] damaged = sample.content().clone();
        for (int j = 0; damaged.length > 0 && j < i; j++) {
          damaged[random.nextInt(Math.min(damaged.length, 64))] = (byte) random.nextInt();
        }
        int length = i == 0 ? damaged.length : random.nextInt(damaged.length + 1);
        MediaDetector.detect(whole(Arrays.copyOf(damaged, length)), name);
        name[random.nextInt(name.length)] = (byte) random.nextInt();
      }
    }
  }

  @Test
  void contentMadeToExhaustIsSurvived() {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"svg\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<x a=\"&b;\">";
    detect(Samples.latin(bomb + "<x>".repeat(3_000)), "a.svg");
    detect(Samples.latin("\u00ff\u00f1" + "\u00ff".repeat(14_000)), "a.aac");
    detect(Samples.latin("ID3" + "\u00ff\u00f0".repeat(7_000)), "a.aac");
    detect(Samples.latin("svg" + " ".repeat(14_000)), "a");
    detect(new byte[14_000], "a." + "a".repeat(32_000));
    // A first box that claims to have four gigabytes.
    detect(Samples.latin("\u00ff\u00ff\u00ff\u00ffftypmif1"), "a");
  }

  @ParameterizedTest
  @MethodSource("media")
  void contentDecidesWhateverTheNameSays(String type, byte[] content) {
    for (String name : List.of("a", "a.txt", "a.exe", "a.docx", "a.bin")) {
      assertEquals(Optional.of(type), detect(content, name), name);
    }
  }

  @ParameterizedTest
  @MethodSource("decoys")
  void decoysStayHomeWhateverTheNameSays(byte[] content) {
    for (String name : List.of("a.jpg", "a.PNG", "a.pdf", "a.mp3", "a.mp4", "a.svg", "a")) {
      assertEquals(Optional.empty(), detect(content, name), name);
    }
  }

  @Test
  void nameIsNoAddress() {
    assertEquals(Optional.of("audio/mpeg"), detect(new byte[0], "a b?#.mp3"));
    assertEquals(Optional.of("audio/mpeg"), detect(new byte[0], "a%zz: b.mp3"));
  }

  @Test
  void namesThatNeedNoTableAreNoMediaInIt() {
    for (String extension : MediaDetector.OTHER_NAMES) {
      assertEquals(Optional.empty(), TikaTypes.byName("a." + extension), extension);
    }
  }

  @ParameterizedTest
  @MethodSource("media")
  void signaturesAgreeWithTika(String type, byte[] content) {
    // Of an Ogg file Tika looks at the first stream only.
    if (content == Samples.FILM_AFTER_ITS_SOUND) {
      return;
    }
    agree(content, "a");
    agree(Samples.withNoise(content, 6000), "a");
  }

  @ParameterizedTest
  @MethodSource("decoys")
  void signaturesOfDecoysAgreeWithTika(byte[] content) {
    agree(content, "a");
  }

  /** Each signature that Tika has for media, behind which text or noise follows. */
  @Test
  void signaturesNeverRejectWhatTikaTakesForMedia() throws Exception {
    int seen = 0;
    for (byte[] signature : tikaSignaturesOfMedia()) {
      // Text that has four letters of a signature somewhere inside is text, whatever Tika says.
      int from = signature[0] == ' ' ? signature.length : 0;
      byte[] text = "Lorem ipsum dolor sit amet. ".repeat(200).getBytes("US-ASCII");
      System.arraycopy(signature, from, text, 0, signature.length - from);
      agree(text, "a");
      agree(Samples.withNoise(signature, 6000), "a");
      seen++;
    }
    assertTrue(seen > 100, "only " + seen + " signatures");
  }

  private static void agree(byte[] content, String name) {
    Verdict quick = Signatures.verdict(head(content), name);
    Verdict tika = TikaTypes.byContent(head(content), name);
    if (!quick.decided() || !tika.decided()) {
      return;
    }
    String about = new String(content, 0, Math.min(content.length, 24)) + " " + quick + tika;
    assertEquals(tika.certainty(), quick.certainty(), about);
    if (quick.mediaType() != null && tika.mediaType() != null) {
      boolean isoMedia = head(content).has(4, "ftyp");
      // Tika takes each brand that it does not know for QuickTime.
      if (!isoMedia || !tika.mediaType().equals("video/quicktime")) {
        assertEquals(MediaKind.of(tika.mediaType()), MediaKind.of(quick.mediaType()), about);
      }
    }
  }

  private static List<byte[]> tikaSignaturesOfMedia() throws Exception {
    List<byte[]> signatures = new ArrayList<>();
    try (InputStream in = MimeTypes.class.getResourceAsStream("tika-mimetypes.xml")) {
      NodeList types =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(in)
              .getElementsByTagName("mime-type");
      for (int i = 0; i < types.getLength(); i++) {
        Element type = (Element) types.item(i);
        if (MediaKind.of(type.getAttribute("type")).isPresent()) {
          NodeList matches = type.getElementsByTagName("match");
          for (int j = 0; j < matches.getLength(); j++) {
            signature((Element) matches.item(j)).ifPresent(signatures::add);
          }
        }
      }
    }
    return signatures;
  }

  /** A match at the beginning with a plain value, with those inside it that are plain too. */
  private static Optional<byte[]> signature(Element match) {
    String value = match.getAttribute("value");
    boolean plain =
        match.getAttribute("type").equals("string")
            && match.getAttribute("mask").isEmpty()
            && !value.startsWith("0x");
    if (!plain || !match.getAttribute("offset").matches("\\d{1,2}")) {
      return Optional.empty();
    }
    int offset = Integer.parseInt(match.getAttribute("offset"));
    byte[] bytes = Samples.latin(unescaped(value));
    byte[] signature = Samples.latin(" ".repeat(offset) + "x".repeat(bytes.length));
    System.arraycopy(bytes, 0, signature, offset, bytes.length);
    return Optional.of(signature);
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) != '\\') {
        text.append(value.charAt(i));
      } else if (value.startsWith("\\x", i)) {
        text.append((char) Integer.parseInt(value.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (Character.isDigit(value.charAt(i + 1))) {
        int end = i + 1;
        while (end < value.length() && end < i + 4 && Character.isDigit(value.charAt(end))) {
          end++;
        }
        text.append((char) Integer.parseInt(value.substring(i + 1, end), 8));
        i = end - 1;
      } else {
        char c = value.charAt(++i);
        text.append(c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c);
      }
    }
    return text.toString();
  }
}
