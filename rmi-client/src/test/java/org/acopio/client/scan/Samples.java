package org.acopio.client.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** The beginnings of real files of each format, as the formats' specifications have them. */
final class Samples {
  static final byte[] JPEG = latin("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0");
  static final byte[] PNG = latin("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0");
  static final byte[] GIF = latin("GIF89a\1\0\1\0\u0080\0\0\0\0\0\u00ff\u00ff\u00ff");
  static final byte[] WEBP = latin("RIFF$\0\0\0WEBPVP8 \u0018\0\0\0");
  static final byte[] TIFF = latin("II*\0\b\0\0\0\u000f\0");
  static final byte[] BMP =
      latin("BM\u009a\0\0\0\0\0\0\0z\0\0\0l\0\0\0\4\0\0\0\2\0\0\0\1\0 \0\3\0\0\0");
  static final byte[] PSD = latin("8BPS\0\1\0\0\0\0\0\0\0\3\0\0\0\1");
  static final byte[] SVG =
      latin("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
  static final byte[] PDF = latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n");
  static final byte[] MP3_TAGGED = latin("ID3\3\0\0\0\0\0\nTIT2\0\0\0\2\0\0\0a");
  static final byte[] MP3_BARE = latin("\u00ff\u00fb\u0090d\0\0\0\0");
  static final byte[] WAV = latin("RIFF$\0\0\0WAVEfmt \u0010\0\0\0\1\0\2\0");
  static final byte[] FLAC = latin("fLaC\0\0\0\"\u0010\0\u0010\0");
  static final byte[] MIDI = latin("MThd\0\0\0\6\0\1\0\2\0`MTrk");
  static final byte[] AMR = latin("#!AMR\n<");
  static final byte[] OGG_VORBIS = page("\1vorbis\0\0\0\0\2");
  static final byte[] OGG_OPUS = page("OpusHead\1\2");
  static final byte[] OGG_THEORA = page("\u0080theora\3\2\1");
  static final byte[] AVI = latin("RIFF$\0\0\0AVI LIST\u0010\0\0\0hdrl");
  static final byte[] WEBM =
      latin("\u001aE\u00df\u00a3\u009fB\u0086\u0081\1B\u00f7\u0081\1B\u0082\u0084webmB\u0087");
  static final byte[] MATROSKA =
      latin("\u001aE\u00df\u00a3\u00a3B\u0086\u0081\1B\u00f7\u0081\1B\u0082\u0088matroskaB\u0087");
  static final byte[] FLV = latin("FLV\1\5\0\0\0\t\0\0\0\0");
  static final byte[] MPEG = latin("\0\0\1\u00ba!\0\1\0\1\u0080");
  static final byte[] MXF =
      latin("\u0006\u000e+4\u0002\u0005\u0001\u0001\r\u0001\u0002\u0001\u0001\u0002\4\0");
  static final byte[] TRANSPORT_STREAM = packets(0, 188);
  static final byte[] AVCHD = packets(4, 192);
  static final byte[] MP4_ISOM = ftyp("isom", "isomiso2avc1mp41");
  static final byte[] MP4_42 = ftyp("mp42", "mp42isom");
  static final byte[] QUICKTIME = ftyp("qt  ", "qt  ");
  static final byte[] M4A = ftyp("M4A ", "M4A mp42isom");
  static final byte[] THREE_GP = ftyp("3gp4", "3gp4isom");
  static final byte[] HEIC = ftyp("heic", "mif1heic");
  static final byte[] HEIC_AS_MIF1 = ftyp("mif1", "mif1heicmiaf");
  static final byte[] AVIF = ftyp("avif", "avifmif1miaf");
  static final byte[] CANON_RAW = ftyp("crx ", "crx isom");

  static final byte[] TEXT = latin("Dear reader,\nthis is no picture.\n");
  static final byte[] HTML =
      latin("<!DOCTYPE html>\n<html><head><title>svg</title></head></html>\n");
  static final byte[] XML = latin("<?xml version=\"1.0\"?>\n<project></project>\n");
  static final byte[] DOCX = latin("PK\3\4\u0014\0\6\0\b\0\0\0!\0[Content_Types].xml");
  static final byte[] ELF = latin("\u007fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0");
  static final byte[] EXE =
      latin("MZ\u0090\0\3\0\0\0\4\0\0\0\u00ff\u00ff\0\0\u00b8\0\0\0\0\0\0\0@\0\0\0");
  static final byte[] CLASS = latin("\u00ca\u00fe\u00ba\u00be\0\0\0=\0\u001d");
  static final byte[] GZIP = latin("\u001f\u008b\b\0\0\0\0\0\0\3");
  static final byte[] OLE = latin("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
  static final byte[] SQLITE = latin("SQLite format 3\0\u0010\0\1\1");
  static final byte[] ZLIB = latin("x\u009c\u00ed\u00bd");
  static final byte[] PLAYLIST = latin("#EXTM3U\n#EXTINF:1,a\na.mp3\n");
  static final byte[] UTF_16_TEXT = latin("\u00ff\u00feH\0o\0l\0a\0");

  private Samples() {}

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The sample with noise behind it, as long as a small file. */
  static byte[] withNoise(byte[] sample, int length) {
    byte[] file = new byte[length];
    new Random(42).nextBytes(file);
    System.arraycopy(sample, 0, file, 0, sample.length);
    return file;
  }

  /** Bytes that no format begins like. */
  static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(7).nextBytes(noise);
    noise[0] = (byte) 0xb7;
    return noise;
  }

  static byte[] ftyp(String major, String compatible) {
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
