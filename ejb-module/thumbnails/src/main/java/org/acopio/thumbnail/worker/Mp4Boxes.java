package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.acopio.thumbnail.Fact;

/**
 * The boxes of MP4 and QuickTime files that describe them (ISO 14496-12), and among these what
 * iTunes and those after it write of a piece of music.
 */
final class Mp4Boxes {
  private static final Set<String> FOLDERS = Set.of("moov", "udta", "meta", "ilst", "trak");
  private static final int MAX_BOXES = 10_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT = 4_096;
  private static final long SECONDS = 1_000;

  /** Names of texts; © is the byte a9. */
  private static final Map<String, Fact> TEXTS =
      Map.of(
          "\u00a9nam", Fact.TITLE,
          "\u00a9ART", Fact.ARTIST,
          "\u00a9alb", Fact.ALBUM,
          "\u00a9day", Fact.YEAR,
          "\u00a9gen", Fact.GENRE,
          "\u00a9cmt", Fact.DESCRIPTION,
          "\u00a9too", Fact.SOFTWARE);

  private final Tags tags;
  private final RandomAccessFile file;
  private int boxes;

  Mp4Boxes(Tags tags, RandomAccessFile file) {
    this.tags = tags;
    this.file = file;
  }

  void read() throws IOException {
    walk(0, file.length(), 0);
  }

  private void walk(long from, long end, int depth) throws IOException {
    long at = from;
    while (at + 8 <= end && depth < MAX_DEPTH && boxes++ < MAX_BOXES) {
      ByteBuffer header = ByteBuffer.wrap(Tags.bytes(file, at, 8));
      long length = Integer.toUnsignedLong(header.getInt());
      String type = new String(header.array(), 4, 4, StandardCharsets.ISO_8859_1);
      int headerBytes = 8;
      if (length == 1 && at + 16 <= end) {
        length = ByteBuffer.wrap(Tags.bytes(file, at + 8, 8)).getLong();
        headerBytes = 16;
      } else if (length == 0) {
        length = end - at;
      }
      if (length < headerBytes || length > end - at) {
        return;
      }
      box(type, at + headerBytes, at + length, depth);
      at += length;
    }
  }

  private void box(String type, long from, long end, int depth) throws IOException {
    if (FOLDERS.contains(type)) {
      walk(type.equals("meta") ? afterVersion(from, end) : from, end, depth + 1);
    } else if (type.equals("mvhd")) {
      duration(head(from, end, 32));
    } else if (type.equals("tkhd")) {
      size(head(from, end, 96));
    } else if (type.equals("covr") && end - from > 16) {
      tags.addCover(Tags.bytes(file, from + 16, dataEnd(from, end) - from - 16), true);
    } else if (type.equals("trkn") && end - from >= 20) {
      int track = head(from, end, 20).getShort(18);
      tags.add(Fact.TRACK, track > 0 ? Integer.toString(track) : "");
    } else if (TEXTS.containsKey(type) && end - from > 16) {
      long length = Math.min(MAX_TEXT, dataEnd(from, end) - from - 16);
      String text = new String(Tags.bytes(file, from + 16, length), StandardCharsets.UTF_8);
      tags.add(TEXTS.get(type), text);
    }
  }

  /** Where the first data box ends, which begins at {@code from}. */
  private long dataEnd(long from, long end) throws IOException {
    long length = Integer.toUnsignedLong(head(from, end, 4).getInt(0));
    return length < 16 || length > end - from ? end : from + length;
  }

  /** MP4 has a version before the boxes in this one, QuickTime has not. */
  private long afterVersion(long from, long end) throws IOException {
    ByteBuffer head = head(from, end, 8);
    boolean quickTime = head.capacity() == 8 && head.getInt(4) == 0x68646c72;
    return quickTime ? from : from + 4;
  }

  private void duration(ByteBuffer box) {
    boolean wide = box.get(0) == 1;
    long scale = Integer.toUnsignedLong(box.getInt(wide ? 20 : 12));
    long units = wide ? box.getLong(24) : Integer.toUnsignedLong(box.getInt(16));
    if (scale > 0 && units > 0 && units < Long.MAX_VALUE / SECONDS) {
      tags.add(Fact.DURATION, Long.toString(units * SECONDS / scale));
    }
  }

  private void size(ByteBuffer box) {
    int at = box.get(0) == 1 ? 88 : 76;
    int width = box.getShort(at);
    int height = box.getShort(at + 4);
    if (width > 0 && height > 0) {
      tags.add(Fact.WIDTH, Integer.toString(width));
      tags.add(Fact.HEIGHT, Integer.toString(height));
    }
  }

  private ByteBuffer head(long from, long end, int most) throws IOException {
    return ByteBuffer.wrap(Tags.bytes(file, from, Math.min(most, end - from)));
  }
}
