package org.acopio.media;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Recognises at once what most files of a PC are: the common media formats, and the common others.
 * Tika's table would say the same, at about a thousand times the cost and after a third of a second
 * of loading; what is not recognised here is left to it. ISO media files (MP4, HEIC and their kin)
 * are read here because that table takes each brand it does not know for QuickTime.
 */
final class Signatures {
  private static final byte[] PDF = ascii("%PDF-");
  private static final byte[] SVG = ascii("svg");
  private static final byte[] THEORA = latin("\u0080theora");
  private static final int OGG_PACKET = 28;
  private static final int PDF_WITHIN = 1024;

  /** Formats that are not collected and that no media format begins like. */
  private static final List<String> OTHERS =
      List.of(
          "\u007fELF",
          "\u001f\u008b\b",
          "\u00ca\u00fe\u00ba\u00be\0\0\0",
          "SQLite format 3\0",
          "\u00fd7zXZ\0",
          "7z\u00bc\u00af'\u001c",
          "Rar!\u001a",
          "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
          "!<arch>\n",
          "\0asm",
          "bplist00",
          "wOFF",
          "wOF2",
          "OTTO\0",
          "\0\1\0\0\0",
          "(\u00b5/\u00fd",
          "x\1",
          "x\u009c",
          "x\u00da");

  /** Beginnings of media formats that may look like text; Tika's table decides about them. */
  private static final List<String> TEXTUAL_MEDIA =
      List.of(
          "P1",
          "P2",
          "P3",
          "P4",
          "P5",
          "P6",
          "P7",
          "/* XPM",
          "#!AMR",
          "#?R",
          ".snd",
          ".RMF",
          "AutoCAD",
          "MThd",
          "PSF",
          "PSID",
          "RSID",
          "SAP",
          "FORM",
          "Extended",
          "IMPM",
          "RIFF",
          "RF64",
          "MM",
          "II",
          "BA",
          "BM",
          "BEGMF",
          "SDPX",
          "XPDS",
          "icns",
          "NITF",
          "AT&T",
          "MC0.0",
          "AC",
          "AGD",
          "IIN1",
          "gimp",
          "FLV",
          "8BPS",
          "ID3",
          "GIF8",
          "fLaC",
          "OggS",
          "SIMPLE",
          "MAC ",
          "wvpk",
          "DSD ",
          "caff",
          "qoif",
          "SFW",
          "yuv",
          "MPCK",
          "MP+",
          "TTA",
          "OFR",
          "FWS",
          "CWS");

  private static final List<String> TEXTUAL_MEDIA_WITHIN = List.of("FreeHand", "SECTION");
  private static final int TEXTUAL_WITHIN = 128;

  private Signatures() {}

  /**
   * What the content says.
   *
   * @param name the file's name, for formats whose variants begin alike
   */
  static Verdict verdict(Head head, String name) {
    Verdict media = media(head, name);
    if (media.decided()) {
      return media;
    }
    boolean text = head.looksLikeText();
    if (!text && transportStream(head)) {
      return Verdict.media(MediaTypes.TRANSPORT_STREAM);
    }
    return other(head, text) ? Verdict.NOT_MEDIA : Verdict.UNDECIDED;
  }

  /** True for XML, HTML and their kin when no word of the whole head hints at SVG. */
  static boolean markupWithoutImage(Head head) {
    int first = firstCharacter(head);
    return head.at(first) == '<'
        && head.looksLikeText()
        && head.find(SVG, first, head.length()) < 0;
  }

  private static Verdict media(Head head, String name) {
    switch (head.at(0)) {
      case 0xff:
        return mpegOrJpeg(head);
      case 0x89:
        return when(head.has(0, "\u0089PNG\r\n\u001a\n"), "image/png");
      case 'G':
        return when(head.has(0, "GIF87a") || head.has(0, "GIF89a"), "image/gif");
      case '%':
        return when(head.has(0, PDF), MediaTypes.PDF);
      case 'R':
        return riff(head);
      case 'f':
        return when(head.has(0, "fLaC"), "audio/x-flac");
      case 'I':
        return head.has(0, "ID3")
            ? when(!FileName.extension(name).equals("aac"), "audio/mpeg")
            : tiff(head, name);
      case 'M':
        return head.has(0, "MThd") ? Verdict.media("audio/midi") : tiff(head, name);
      case 'B':
        return when(bitmap(head), "image/bmp");
      case 'O':
        return head.has(0, "OggS") ? knownOgg(head) : none();
      case '8':
        return when(
            head.has(0, "8BPS\0\1") || head.has(0, "8BPS\0\2"), "image/vnd.adobe.photoshop");
      case 'F':
        return form(head);
      case '.':
        return when(head.has(0, ".RMF\0"), MediaTypes.REAL_MEDIA);
      case 0x1a:
        return head.has(0, "\u001aE\u00df\u00a3") ? Verdict.media(matroska(head, name)) : none();
      case 0x06:
        return when(
            head.has(0, "\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001\u0002\u0001\u0001"),
            MediaTypes.MXF);
      case 0:
        return head.has(0, "\0\0\1\u00ba") || head.has(0, "\0\0\1\u00b3")
            ? Verdict.media("video/mpeg")
            : isoMedia(head, name);
      default:
        return isoMedia(head, name);
    }
  }

  private static Verdict mpegOrJpeg(Head head) {
    if (head.at(1) == 0xd8) {
      return when(head.at(2) == 0xff, "image/jpeg");
    }
    int second = head.at(1);
    boolean layerThree = second == 0xfa || second == 0xfb || second == 0xf2 || second == 0xf3;
    return when(layerThree, "audio/mpeg");
  }

  private static Verdict riff(Head head) {
    if (!head.has(0, "RIFF")) {
      return none();
    }
    switch (head.fourCharacters(8)) {
      case "WEBP":
        return Verdict.media("image/webp");
      case "WAVE":
        return Verdict.media("audio/vnd.wave");
      case "AVI ":
        return Verdict.media("video/x-msvideo");
      default:
        return none();
    }
  }

  /** A raw photograph of Canon is a TIFF file with a mark of its own. */
  private static Verdict tiff(Head head, String name) {
    boolean plain = head.has(0, "II*\0") || head.has(0, "MM\0*");
    boolean big = head.has(0, "II+\0") || head.has(0, "MM\0+");
    if (!plain && !big) {
      return none();
    }
    boolean canon = head.has(8, "CR") || FileName.extension(name).equals("cr2");
    return Verdict.media(canon ? "image/x-canon-cr2" : "image/tiff");
  }

  /** A Windows bitmap: two letters, and a header of a known length with its one plane. */
  private static boolean bitmap(Head head) {
    if (!head.has(0, "BM") || !head.has(15, "\0\0\0")) {
      return false;
    }
    int header = head.at(14);
    return (header == 40 || header == 108 || header == 124) && head.has(26, "\1\0");
  }

  private static Verdict form(Head head) {
    if (head.has(0, "FLV\1")) {
      return Verdict.media("video/x-flv");
    }
    boolean aiff = head.has(8, "AIFF") || head.has(8, "AIFC");
    return when(head.has(0, "FORM") && aiff, "audio/x-aiff");
  }

  /** The Ogg files that most are; each stream's first packet comes before any sound or picture. */
  private static Verdict knownOgg(Head head) {
    if (head.find(THEORA, OGG_PACKET, head.length()) >= 0) {
      return Verdict.media("video/ogg");
    }
    if (head.has(OGG_PACKET, "OpusHead")) {
      return Verdict.media("audio/opus");
    }
    if (head.has(OGG_PACKET, "\1vorbis")) {
      return Verdict.media("audio/vorbis");
    }
    if (head.has(OGG_PACKET, "Speex   ")) {
      return Verdict.media("audio/speex");
    }
    return when(head.has(OGG_PACKET, "\u007fFLAC"), "audio/x-oggflac");
  }

  private static Verdict isoMedia(Head head, String name) {
    return head.has(4, "ftyp") ? Verdict.media(IsoMedia.mediaType(head, name)) : none();
  }

  /** Matroska and WebM differ by a word near the beginning. */
  static String matroska(Head head, String name) {
    String extension = FileName.extension(name);
    if (head.find(ascii("webm"), 4, 64) > 0) {
      return extension.equals("weba") ? "audio/webm" : "video/webm";
    }
    return extension.equals("mka") ? "audio/x-matroska" : "video/x-matroska";
  }

  /**
   * An Ogg file whose streams nothing knows: a film somewhere in it says what it is, or its name.
   */
  static String ogg(Head head, String name) {
    boolean video =
        FileName.extension(name).equals("ogv") || head.find(THEORA, OGG_PACKET, head.length()) >= 0;
    return video ? "video/ogg" : "audio/ogg";
  }

  /** MPEG transport stream: a 0x47 each 188 bytes, or each 192 after four bytes of time code. */
  private static boolean transportStream(Head head) {
    return packets(head, 0, 188) || packets(head, 4, 192);
  }

  private static boolean packets(Head head, int first, int bytes) {
    int last = first + 8 * bytes;
    if (head.length() <= last) {
      return false;
    }
    for (int i = first; i <= last; i += bytes) {
      if (head.at(i) != 0x47) {
        return false;
      }
    }
    return true;
  }

  private static boolean other(Head head, boolean text) {
    for (String signature : OTHERS) {
      if (head.has(0, signature)) {
        return true;
      }
    }
    // A zip whose first entry names an image type is a drawing (OpenRaster); others are documents.
    if (head.has(0, "PK\u0003\u0004")) {
      return !head.has(30, "mimetypeimage/");
    }
    return text && !mayBeTextualMedia(head);
  }

  private static boolean mayBeTextualMedia(Head head) {
    int first = firstCharacter(head);
    if (head.at(first) == '<') {
      // An SVG drawing may say so late: more of it is to be read.
      return true;
    }
    for (String beginning : TEXTUAL_MEDIA) {
      if (head.has(first, beginning)) {
        return true;
      }
    }
    for (String word : TEXTUAL_MEDIA_WITHIN) {
      if (head.find(ascii(word), 0, TEXTUAL_WITHIN) >= 0) {
        return true;
      }
    }
    return head.find(PDF, 0, PDF_WITHIN) >= 0;
  }

  /** After a byte order mark and white space. */
  private static int firstCharacter(Head head) {
    int i = head.has(0, "\u00ef\u00bb\u00bf") ? 3 : 0;
    while (head.at(i) >= 0 && head.at(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static Verdict when(boolean condition, String mediaType) {
    return condition ? Verdict.media(mediaType) : none();
  }

  private static Verdict none() {
    return Verdict.UNDECIDED;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
