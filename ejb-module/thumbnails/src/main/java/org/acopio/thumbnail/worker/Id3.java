package org.acopio.thumbnail.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.acopio.thumbnail.Fact;

/** The tags of MP3 files: ID3v2.2 to 2.4 (id3.org), and where they are missing ID3v1. */
final class Id3 {
  private static final int FRONT_COVER = 3;
  private static final int HEADER = 10;
  private static final int V1_BYTES = 128;

  private static final Map<String, Fact> TEXTS =
      Map.ofEntries(
          Map.entry("TIT2", Fact.TITLE),
          Map.entry("TT2", Fact.TITLE),
          Map.entry("TPE1", Fact.ARTIST),
          Map.entry("TP1", Fact.ARTIST),
          Map.entry("TALB", Fact.ALBUM),
          Map.entry("TAL", Fact.ALBUM),
          Map.entry("TYER", Fact.YEAR),
          Map.entry("TDRC", Fact.YEAR),
          Map.entry("TYE", Fact.YEAR),
          Map.entry("TRCK", Fact.TRACK),
          Map.entry("TRK", Fact.TRACK),
          Map.entry("TCON", Fact.GENRE),
          Map.entry("TCO", Fact.GENRE),
          Map.entry("TLEN", Fact.DURATION));

  private final Tags tags;

  Id3(Tags tags) {
    this.tags = tags;
  }

  void read(RandomAccessFile file) throws IOException {
    if (file.length() >= HEADER) {
      byte[] header = Tags.bytes(file, 0, HEADER);
      if (header[0] == 'I' && header[1] == 'D' && header[2] == '3') {
        long length = Math.min(syncSafe(header, 6), file.length() - HEADER);
        frames(header[3], header[5], Tags.bytes(file, HEADER, length));
      }
    }
    if (file.length() >= V1_BYTES) {
      first(Tags.bytes(file, file.length() - V1_BYTES, V1_BYTES));
    }
  }

  private void frames(int version, int flags, byte[] tag) {
    boolean whole = version < 4 && (flags & 0x80) != 0;
    byte[] bytes = whole ? synchronised(tag) : tag;
    int idBytes = version == 2 ? 3 : 4;
    int header = version == 2 ? 6 : HEADER;
    int at = version > 2 && (flags & 0x40) != 0 ? extended(version, bytes) : 0;
    while (at >= 0 && at + header < bytes.length && bytes[at] != 0) {
      String id = new String(bytes, at, idBytes, StandardCharsets.ISO_8859_1);
      int length = length(version, bytes, at + idBytes);
      int begin = at + header;
      if (length < 1 || length > bytes.length - begin) {
        return;
      }
      byte[] content = Arrays.copyOfRange(bytes, begin, begin + length);
      frame(version, id, version == 4 ? unpacked(bytes[at + 9], content) : content);
      at = begin + length;
    }
  }

  private static int extended(int version, byte[] bytes) {
    if (bytes.length < 4) {
      return bytes.length;
    }
    return version == 4 ? syncSafe(bytes, 0) : number(bytes, 0, 4) + 4;
  }

  private static int length(int version, byte[] bytes, int at) {
    return switch (version) {
      case 2 -> number(bytes, at, 3);
      case 4 -> syncSafe(bytes, at);
      default -> number(bytes, at, 4);
    };
  }

  /** A frame of version 4 says for itself whether it is unsynchronised and has a length before. */
  private static byte[] unpacked(int flags, byte[] content) {
    byte[] bytes = (flags & 0x02) != 0 ? synchronised(content) : content;
    return (flags & 0x01) != 0 && bytes.length > 4
        ? Arrays.copyOfRange(bytes, 4, bytes.length)
        : bytes;
  }

  private void frame(int version, String id, byte[] content) {
    Fact fact = TEXTS.get(id);
    if (fact != null) {
      String text = new String(content, 1, content.length - 1, charset(content[0]));
      tags.add(fact, text.indexOf(0) < 0 ? text : text.substring(0, text.indexOf(0)));
    } else if (id.equals(version == 2 ? "PIC" : "APIC")) {
      picture(version, content);
    }
  }

  private void picture(int version, byte[] content) {
    int type = version == 2 ? 4 : end(content, 1, 1);
    if (type >= content.length - 1) {
      return;
    }
    boolean wide = content[0] == 1 || content[0] == 2;
    int image = end(content, type + 1, wide ? 2 : 1);
    tags.addCover(
        Arrays.copyOfRange(content, Math.min(image, content.length), content.length),
        content[type] == FRONT_COVER);
  }

  /** After the zero that ends a text. */
  private static int end(byte[] bytes, int from, int width) {
    for (int i = from; i + width <= bytes.length; i += width) {
      if (bytes[i] == 0 && (width == 1 || bytes[i + 1] == 0)) {
        return i + width;
      }
    }
    return bytes.length;
  }

  private static Charset charset(int number) {
    return switch (number) {
      case 1 -> StandardCharsets.UTF_16;
      case 2 -> StandardCharsets.UTF_16BE;
      case 3 -> StandardCharsets.UTF_8;
      default -> StandardCharsets.ISO_8859_1;
    };
  }

  private void first(byte[] tag) {
    if (tag[0] == 'T' && tag[1] == 'A' && tag[2] == 'G') {
      tags.add(Fact.TITLE, text(tag, 3, 30));
      tags.add(Fact.ARTIST, text(tag, 33, 30));
      tags.add(Fact.ALBUM, text(tag, 63, 30));
      tags.add(Fact.YEAR, text(tag, 93, 4));
    }
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
  }

  /** Without the zeros that keep a player from taking a tag for sound. */
  private static byte[] synchronised(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      out.write(bytes[i]);
      if (bytes[i] == (byte) 0xff && i + 1 < bytes.length && bytes[i + 1] == 0) {
        i++;
      }
    }
    return out.toByteArray();
  }

  private static int syncSafe(byte[] bytes, int at) {
    return (bytes[at] & 0x7f) << 21
        | (bytes[at + 1] & 0x7f) << 14
        | (bytes[at + 2] & 0x7f) << 7
        | bytes[at + 3] & 0x7f;
  }

  private static int number(byte[] bytes, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      number = number << 8 | bytes[i] & 0xff;
    }
    return number;
  }
}
