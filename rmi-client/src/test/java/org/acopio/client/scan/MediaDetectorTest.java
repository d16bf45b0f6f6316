package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.tika.mime.MimeTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MediaDetectorTest {
  private static Optional<String> detect(byte[] content, String name) {
    return MediaDetector.detect(head(content), name);
  }

  private static Head head(byte[] content) {
    return new Head(content, Math.min(content.length, Head.BYTES));
  }

  static Stream<Arguments> media() {
    return Stream.of(
        Arguments.of("image/jpeg", Samples.JPEG),
        Arguments.of("image/png", Samples.PNG),
        Arguments.of("image/gif", Samples.GIF),
        Arguments.of("image/webp", Samples.WEBP),
        Arguments.of("image/tiff", Samples.TIFF),
        Arguments.of("image/bmp", Samples.BMP),
        Arguments.of("image/vnd.adobe.photoshop", Samples.PSD),
        Arguments.of("image/svg+xml", Samples.SVG),
        Arguments.of("image/heic", Samples.HEIC),
        Arguments.of("image/heic", Samples.HEIC_AS_MIF1),
        Arguments.of("image/avif", Samples.AVIF),
        Arguments.of("image/x-canon-cr3", Samples.CANON_RAW),
        Arguments.of("application/pdf", Samples.PDF),
        Arguments.of("audio/mpeg", Samples.MP3_TAGGED),
        Arguments.of("audio/mpeg", Samples.MP3_BARE),
        Arguments.of("audio/vnd.wave", Samples.WAV),
        Arguments.of("audio/x-flac", Samples.FLAC),
        Arguments.of("audio/midi", Samples.MIDI),
        Arguments.of("audio/amr", Samples.AMR),
        Arguments.of("audio/vorbis", Samples.OGG_VORBIS),
        Arguments.of("audio/opus", Samples.OGG_OPUS),
        Arguments.of("audio/mp4", Samples.M4A),
        Arguments.of("video/ogg", Samples.OGG_THEORA),
        Arguments.of("video/x-msvideo", Samples.AVI),
        Arguments.of("video/webm", Samples.WEBM),
        Arguments.of("video/x-matroska", Samples.MATROSKA),
        Arguments.of("video/x-flv", Samples.FLV),
        Arguments.of("video/mpeg", Samples.MPEG),
        Arguments.of("video/mp2t", Samples.TRANSPORT_STREAM),
        Arguments.of("video/mp2t", Samples.AVCHD),
        Arguments.of("video/mp4", Samples.MP4_ISOM),
        Arguments.of("video/mp4", Samples.MP4_42),
        Arguments.of("video/quicktime", Samples.QUICKTIME),
        Arguments.of("video/3gpp", Samples.THREE_GP),
        Arguments.of("application/mxf", Samples.MXF));
  }

  static Stream<byte[]> decoys() {
    return Stream.of(
        Samples.TEXT,
        Samples.HTML,
        Samples.XML,
        Samples.DOCX,
        Samples.ELF,
        Samples.EXE,
        Samples.CLASS,
        Samples.GZIP,
        Samples.OLE,
        Samples.SQLITE,
        Samples.ZLIB,
        Samples.PLAYLIST,
        Samples.UTF_16_TEXT);
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
  void nameDecidesWhereTheContentSaysNothing() {
    byte[] damaged = Samples.noise(5000);
    byte[] nothing = {};
    for (byte[] content : List.of(damaged, nothing)) {
      assertEquals(Optional.of("image/jpeg"), detect(content, "IMG_1.JPG"));
      assertEquals(Optional.of("application/pdf"), detect(content, "a.pdf"));
      assertEquals(Optional.of("audio/mpeg"), detect(content, "a b?#.mp3"));
      assertEquals(Optional.of("video/mp2t"), detect(content, "00001.MTS"));
      assertEquals(Optional.empty(), detect(content, "a.txt"));
      assertEquals(Optional.empty(), detect(content, "jpg"));
      assertEquals(Optional.empty(), detect(content, "a.m3u"));
    }
  }

  @Test
  void nameChoosesAmongVariantsOfOneContent() {
    assertEquals(Optional.of("audio/mp4"), detect(Samples.MP4_ISOM, "a.m4a"));
    assertEquals(Optional.of("audio/x-matroska"), detect(Samples.MATROSKA, "a.mka"));
    assertEquals(Optional.of("image/jpeg"), detect(Samples.JPEG, "a.png"));
  }

  @ParameterizedTest
  @MethodSource("media")
  void signaturesAgreeWithTika(String type, byte[] content) {
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
