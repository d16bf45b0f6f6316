package org.acopio.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The beginnings of real files of each format, as the formats' specifications have them. The tests
 * of the agent and of the server take them from here, so that both are asked about the same.
 */
public final class Samples {
  public static final byte[] JPEG =
      latin("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0");
  public static final byte[] PNG =
      latin("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0");
  public static final byte[] GIF = latin("GIF89a\1\0\1\0\u0080\0\0\0\0\0\u00ff\u00ff\u00ff");
  public static final byte[] WEBP = latin("RIFF$\0\0\0WEBPVP8 \u0018\0\0\0");
  public static final byte[] TIFF = latin("II*\0\b\0\0\0\u000f\0");
  public static final byte[] BMP =
      latin("BM\u009a\0\0\0\0\0\0\0z\0\0\0l\0\0\0\4\0\0\0\2\0\0\0\1\0 \0\3\0\0\0");
  public static final byte[] PSD = latin("8BPS\0\1\0\0\0\0\0\0\0\3\0\0\0\1");
  public static final byte[] SVG =
      latin("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
  public static final byte[] PDF = latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n");
  public static final byte[] MP3_TAGGED = latin("ID3\3\0\0\0\0\0\nTIT2\0\0\0\2\0\0\0a");
  public static final byte[] MP3_BARE = latin("\u00ff\u00fb\u0090d\0\0\0\0");
  public static final byte[] WAV = latin("RIFF$\0\0\0WAVEfmt \u0010\0\0\0\1\0\2\0");
  public static final byte[] FLAC = latin("fLaC\0\0\0\"\u0010\0\u0010\0");
  public static final byte[] MIDI = latin("MThd\0\0\0\6\0\1\0\2\0`MTrk");
  public static final byte[] AMR = latin("#!AMR\n<");
  public static final byte[] OGG_VORBIS = page("\1vorbis\0\0\0\0\2");
  public static final byte[] OGG_OPUS = page("OpusHead\1\2");
  public static final byte[] OGG_THEORA = page("\u0080theora\3\2\1");
  public static final byte[] AVI = latin("RIFF$\0\0\0AVI LIST\u0010\0\0\0hdrl");
  public static final byte[] WEBM =
      latin("\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u00f7\u0081\1B\u0082\u0084webmB\u0087");
  public static final byte[] MATROSKA =
      latin("\u001aE\u00df\u00a3\u00a3B\u0086\u0081\1B\u00f7\u0081\1B\u0082\u0088matroskaB\u0087");
  public static final byte[] FLV = latin("FLV\1\5\0\0\0\t\0\0\0\0");
  public static final byte[] MPEG = latin("\0\0\1\u00ba!\0\1\0\1\u0080");
  public static final byte[] MXF =
      latin("\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001\u0002\u0001\u0001\u0002\4\0");
  public static final byte[] TRANSPORT_STREAM = packets(0, 188);
  public static final byte[] AVCHD = packets(4, 192);
  public static final byte[] MP4_ISOM = ftyp("isom", "isomiso2avc1mp41");
  public static final byte[] MP4_42 = ftyp("mp42", "mp42isom");
  public static final byte[] QUICKTIME = ftyp("qt  ", "qt  ");
  public static final byte[] M4A = ftyp("M4A ", "M4A mp42isom");
  public static final byte[] THREE_GP = ftyp("3gp4", "3gp4isom");
  public static final byte[] HEIC = ftyp("heic", "mif1heic");
  public static final byte[] HEIC_AS_MIF1 = ftyp("mif1", "mif1heicmiaf");
  public static final byte[] AVIF = ftyp("avif", "avifmif1miaf");
  public static final byte[] CANON_RAW = ftyp("crx ", "crx isom");

  public static final byte[] TEXT = latin("Dear reader,\nthis is no picture.\n");
  public static final byte[] HTML =
      latin("<!DOCTYPE html>\n<html><head><title>svg</title></head></html>\n");
  public static final byte[] XML = latin("<?xml version=\"1.0\"?>\n<project></project>\n");
  public static final byte[] DOCX = latin("PK\3\4\u0014\0\6\0\b\0\0\0!\0[Content_Types].xml");
  public static final byte[] ELF = latin("\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0");
  public static final byte[] EXE =
      latin("MZ\u0090\0\3\0\0\0\4\0\0\0\u00ff\u00ff\0\0\u00b8\0\0\0\0\0\0\0@\0\0\0");
  public static final byte[] CLASS = latin("\u00ca\u00fe\u00ba\u00be\0\0\0=\0\u001d");
  public static final byte[] GZIP = latin("\u001f\u008b\b\0\0\0\0\0\0\3");
  public static final byte[] OLE = latin("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
  public static final byte[] SQLITE = latin("SQLite format 3\0\u0010\0\1\1");
  public static final byte[] ZLIB = latin("x\u009c\u00ed\u00bd");
  public static final byte[] PLAYLIST = latin("#EXTM3U\n#EXTINF:1,a\na.mp3\n");
  public static final byte[] UTF_16_TEXT = latin("\u00ff\u00feH\0o\0l\0a\0");

  public static final byte[] REAL_MEDIA = latin(".RMF\0\0\0\u0012\0\1\0\0\0\0\0\0\0\6");
  public static final byte[] WINDOWS_MEDIA =
      latin("0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel");
  public static final byte[] AIFF = latin("FORM\0\0\0 AIFFCOMM\0\0\0\u0012");
  public static final byte[] ICON = latin("\0\0\1\0\1\0\u0010\u0010\0\0\1\0 \0");
  public static final byte[] BIG_TIFF = latin("II+\0\b\0\0\0\u0010\0\0\0\0\0\0\0");
  public static final byte[] CANON_TIFF = latin("II*\0\u0010\0\0\0CR\2\0");
  public static final byte[] FILM_AFTER_ITS_SOUND = join(OGG_VORBIS, OGG_THEORA);
  public static final byte[] LATE_SVG =
      latin(
          "<?xml version=\"1.0\"?>\n<!-- "
              + "x".repeat(5_000)
              + " -->\n<svg"
              + " xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
  public static final byte[] LONG_PAGE =
      latin(
          "<!DOCTYPE html>\n<html><body>" + "<p>no picture</p>".repeat(1_000) + "</body></html>\n");
  public static final byte[] LATE_PDF = join(noise(600), PDF);

  private Samples() {}

  /**
   * A file as it may lie on a PC.
   *
   * @param name of the file, with the wrong extension more often than not
   * @param type what it is to be collected as; nothing when it stays home
   */
  public record Sample(String name, byte[] content, Optional<String> type) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Formats that most media files of a PC have, with their types. */
  public static Map<String, List<byte[]>> common() {
    Map<String, List<byte[]>> common = new LinkedHashMap<>();
    common.put("image/jpeg", List.of(JPEG));
    common.put("image/png", List.of(PNG));
    common.put("image/gif", List.of(GIF));
    common.put("image/webp", List.of(WEBP));
    common.put("image/tiff", List.of(TIFF, BIG_TIFF));
    common.put("image/x-canon-cr2", List.of(CANON_TIFF));
    common.put("image/bmp", List.of(BMP));
    common.put("image/vnd.adobe.photoshop", List.of(PSD));
    common.put("image/heic", List.of(HEIC, HEIC_AS_MIF1));
    common.put("image/avif", List.of(AVIF));
    common.put("image/x-canon-cr3", List.of(CANON_RAW));
    common.put("application/pdf", List.of(PDF));
    common.put("audio/mpeg", List.of(MP3_TAGGED, MP3_BARE));
    common.put("audio/vnd.wave", List.of(WAV));
    common.put("audio/x-aiff", List.of(AIFF));
    common.put("audio/x-flac", List.of(FLAC));
    common.put("audio/midi", List.of(MIDI));
    common.put("audio/vorbis", List.of(OGG_VORBIS));
    common.put("audio/opus", List.of(OGG_OPUS));
    common.put("audio/mp4", List.of(M4A));
    common.put("video/ogg", List.of(OGG_THEORA, FILM_AFTER_ITS_SOUND));
    common.put("video/x-msvideo", List.of(AVI));
    common.put("video/webm", List.of(WEBM));
    common.put("video/x-matroska", List.of(MATROSKA));
    common.put("video/x-flv", List.of(FLV));
    common.put("video/mpeg", List.of(MPEG));
    common.put("video/mp2t", List.of(TRANSPORT_STREAM, AVCHD));
    common.put("video/mp4", List.of(MP4_ISOM, MP4_42));
    common.put("video/quicktime", List.of(QUICKTIME));
    common.put("video/3gpp", List.of(THREE_GP));
    common.put("application/mxf", List.of(MXF));
    common.put("application/vnd.rn-realmedia", List.of(REAL_MEDIA));
    return common;
  }

  /** Formats about which Tika is asked, with their types. */
  public static Map<String, List<byte[]>> rare() {
    Map<String, List<byte[]>> rare = new LinkedHashMap<>();
    rare.put("image/svg+xml", List.of(SVG, LATE_SVG));
    rare.put("image/vnd.microsoft.icon", List.of(ICON));
    rare.put("audio/amr", List.of(AMR));
    rare.put("video/x-ms-asf", List.of(WINDOWS_MEDIA));
    return rare;
  }

  /** What stays home, whatever its name. */
  public static List<byte[]> decoys() {
    return List.of(
        TEXT,
        HTML,
        XML,
        DOCX,
        ELF,
        EXE,
        CLASS,
        GZIP,
        OLE,
        SQLITE,
        ZLIB,
        PLAYLIST,
        UTF_16_TEXT,
        LONG_PAGE);
  }

  /** All of these and more under odd names; no two names are equal. */
  public static List<Sample> corpus() {
    List<Sample> corpus = new ArrayList<>();
    Map<String, List<byte[]>> media = new LinkedHashMap<>(common());
    media.putAll(rare());
    media.forEach(
        (type, contents) -> {
          for (byte[] content : contents) {
            for (String extension : List.of("", ".txt", ".jpg", ".docx", ".TOD")) {
              add(corpus, extension, content, Optional.of(type));
            }
            // XML is no XML any more with noise behind it.
            if (content[0] != '<') {
              add(corpus, ".bin", withNoise(content, 14_000), Optional.of(type));
            }
          }
        });
    for (byte[] decoy : decoys()) {
      for (String extension : List.of("", ".jpg", ".PDF", ".mp3", ".mkv", ".svg")) {
        add(corpus, extension, decoy, Optional.empty());
      }
    }
    add(corpus, ".m4a", MP4_ISOM, Optional.of("audio/mp4"));
    add(corpus, ".mka", MATROSKA, Optional.of("audio/x-matroska"));
    add(corpus, ".weba", WEBM, Optional.of("audio/webm"));
    add(corpus, ".wmv", WINDOWS_MEDIA, Optional.of("video/x-ms-wmv"));
    add(corpus, ".pdf", LATE_PDF, Optional.of("application/pdf"));
    for (byte[] silent : List.of(new byte[0], noise(900), noise(5_000), noise(14_000))) {
      add(corpus, ".JPG", silent, Optional.of("image/jpeg"));
      add(corpus, " b#.mp3", silent, Optional.of("audio/mpeg"));
      add(corpus, ".MTS", silent, Optional.of("video/mp2t"));
      add(corpus, ".rmvb", silent, Optional.of("application/vnd.rn-realmedia"));
      add(corpus, ".mxf", silent, Optional.of("application/mxf"));
      add(corpus, ".dat", silent, Optional.empty());
      add(corpus, ".m3u", silent, Optional.empty());
      add(corpus, "jpg", silent, Optional.empty());
    }
    return corpus;
  }

  private static void add(
      List<Sample> corpus, String ending, byte[] content, Optional<String> type) {
    corpus.add(new Sample("sample" + corpus.size() + ending, content, type));
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  public static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The sample with noise behind it, as long as a small file. */
  public static byte[] withNoise(byte[] sample, int length) {
    byte[] file = new byte[length];
    new Random(42).nextBytes(file);
    System.arraycopy(sample, 0, file, 0, sample.length);
    return file;
  }

  /** Bytes that no format begins like. */
  public static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(7).nextBytes(noise);
    noise[0] = (byte) 0xb7;
    return noise;
  }

  public static byte[] ftyp(String major, String compatible) {
    byte[] brands = latin(compatible);
    return ByteBuffer.allocate(16 + brands.length)
        .putInt(16 + brands.length)
        .put(latin("ftyp"))
        .put(latin(major))
        .putInt(512)
        .put(brands)
        .array();
  }

  /** An Ogg page with one packet, and the page behind it. */
  private static byte[] page(String packet) {
    return ByteBuffer.allocate(100 + packet.length())
        .put(latin("OggS\0\2"))
        .position(26)
        .put((byte) 1)
        .put((byte) packet.length())
        .put(latin(packet))
        .array();
  }

  private static byte[] packets(int first, int bytes) {
    byte[] stream = noise(first + bytes * 12);
    for (int i = first; i < stream.length; i += bytes) {
      stream[i] = 0x47;
    }
    if (first > 0) {
      Arrays.fill(stream, 0, first, (byte) 0);
    }
    return stream;
  }
}
