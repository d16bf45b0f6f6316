package org.acopio.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a camera writes into its pictures: a segment of JPEG (Exif 2.32) with facts made up. */
final class Exif {
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;

  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /**
   * The JPEG as a camera on the beach of Cádiz would have written it.
   *
   * @param minute when it was taken, in minutes after half past eight in the evening
   */
  static byte[] taken(byte[] jpeg, int minute) {
    Directory photo = new Directory();
    photo.rationals(0x829a, 1, 250);
    photo.rationals(0x829d, 8, 1);
    photo.number(0x8827, SHORT, 200);
    photo.text(0x9003, "2026:07:%02d 20:%02d:12".formatted(10 + minute % 9, 30 + minute));
    photo.rationals(0x920a, 35, 1);
    photo.text(0xa434, "Arenal 18-55 mm f/3.5-5.6");
    Directory place = new Directory();
    place.text(0x0001, "N");
    place.rationals(0x0002, 36, 1, 31, 1, 12 + minute, 1);
    place.text(0x0003, "W");
    place.rationals(0x0004, 6, 1, 18, 1, 20, 1);
    Directory picture = new Directory();
    picture.text(0x010f, "Arenal");
    picture.text(0x0110, "A-300");
    picture.text(0x013b, "Ana Gómez");
    int photoAt = 8 + picture.bytes() + 2 * ENTRY_BYTES;
    int placeAt = photoAt + photo.bytes();
    picture.number(0x8769, LONG, photoAt);
    picture.number(0x8825, LONG, placeAt);
    ByteBuffer tiff = ByteBuffer.allocate(placeAt + place.bytes());
    tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    picture.write(tiff);
    photo.write(tiff);
    place.write(tiff);
    return withSegment(jpeg, tiff.array());
  }

  private static byte[] withSegment(byte[] jpeg, byte[] tiff) {
    byte[] name = {'E', 'x', 'i', 'f', 0, 0};
    return ByteBuffer.allocate(jpeg.length + 4 + name.length + tiff.length)
        .put(jpeg, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (2 + name.length + tiff.length))
        .put(name)
        .put(tiff)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Entries of TIFF, ascending by tag; what has no room in them follows behind. */
  private static final class Directory {
    private final List<Entry> entries = new ArrayList<>();

    void text(int tag, String text) {
      byte[] value = (text + '\0').getBytes(StandardCharsets.UTF_8);
      entries.add(new Entry(tag, ASCII, value.length, value));
    }

    void number(int tag, int type, int value) {
      ByteBuffer bytes = ByteBuffer.allocate(4);
      entries.add(
          new Entry(
              tag,
              type,
              1,
              (type == SHORT ? bytes.putShort((short) value) : bytes.putInt(value)).array()));
    }

    void rationals(int tag, int... numbers) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
      for (int number : numbers) {
        bytes.putInt(number);
      }
      entries.add(new Entry(tag, RATIONAL, numbers.length / 2, bytes.array()));
    }

    int bytes() {
      return 6 + entries.size() * ENTRY_BYTES + entries.stream().mapToInt(Entry::bytesBehind).sum();
    }

    void write(ByteBuffer tiff) {
      tiff.putShort((short) entries.size());
      int behind = tiff.position() + entries.size() * ENTRY_BYTES + 4;
      for (Entry entry : entries) {
        tiff.putShort((short) entry.tag).putShort((short) entry.type).putInt(entry.count);
        if (entry.bytesBehind() == 0) {
          tiff.put(entry.value).put(new byte[4 - entry.value.length]);
        } else {
          tiff.putInt(behind);
          behind += entry.bytesBehind();
        }
      }
      tiff.putInt(0);
      for (Entry entry : entries) {
        if (entry.bytesBehind() > 0) {
          tiff.put(entry.value).put(new byte[entry.bytesBehind() - entry.value.length]);
        }
      }
    }
  }

  private record Entry(int tag, int type, int count, byte[] value) {
    /** Even, because offsets in TIFF are. */
    int bytesBehind() {
      return value.length <= 4 ? 0 : value.length + value.length % 2;
    }
  }
}
