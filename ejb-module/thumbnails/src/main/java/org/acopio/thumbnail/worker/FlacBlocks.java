package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.acopio.thumbnail.Fact;

/** The metadata blocks of FLAC files (RFC 9639, section 8). */
final class FlacBlocks {
  private static final int STREAM = 0;
  private static final int COMMENTS = 4;
  private static final int PICTURE = 6;
  private static final int FRONT_COVER = 3;
  private static final int MAX_BLOCKS = 128;

  private static final Map<String, Fact> NAMES =
      Map.of(
          "TITLE", Fact.TITLE,
          "ARTIST", Fact.ARTIST,
          "ALBUM", Fact.ALBUM,
          "DATE", Fact.YEAR,
          "TRACKNUMBER", Fact.TRACK,
          "GENRE", Fact.GENRE,
          "DESCRIPTION", Fact.DESCRIPTION);

  private final Tags tags;

  FlacBlocks(Tags tags) {
    this.tags = tags;
  }

  void read(RandomAccessFile file) throws IOException {
    long at = 4;
    boolean last = false;
    for (int i = 0; i < MAX_BLOCKS && !last && at + 4 <= file.length(); i++) {
      ByteBuffer header = ByteBuffer.wrap(Tags.bytes(file, at, 4));
      int word = header.getInt();
      last = word < 0;
      int length = word & 0xff_ffff;
      int type = word >>> 24 & 0x7f;
      if (type == STREAM || type == COMMENTS || type == PICTURE) {
        block(type, ByteBuffer.wrap(Tags.bytes(file, at + 4, length)));
      }
      at += 4 + length;
    }
  }

  private void block(int type, ByteBuffer block) {
    switch (type) {
      case STREAM -> stream(block);
      case COMMENTS -> comments(block.order(ByteOrder.LITTLE_ENDIAN));
      default -> picture(block);
    }
  }

  private void stream(ByteBuffer block) {
    long word = block.getLong(10);
    long rate = word >>> 44;
    long samples = word & 0xf_ffff_ffffL;
    if (rate > 0 && samples > 0) {
      tags.add(Fact.DURATION, Long.toString(samples * 1_000 / rate));
    }
  }

  private void comments(ByteBuffer block) {
    text(block);
    int count = block.getInt();
    for (int i = 0; i < count && block.remaining() >= 4; i++) {
      String comment = text(block);
      int equals = comment.indexOf('=');
      Fact fact =
          equals < 0 ? null : NAMES.get(comment.substring(0, equals).toUpperCase(Locale.ROOT));
      if (fact != null) {
        tags.add(fact, comment.substring(equals + 1));
      }
    }
  }

  private void picture(ByteBuffer block) {
    int type = block.getInt();
    text(block);
    text(block);
    block.position(block.position() + 16);
    tags.addCover(bytes(block), type == FRONT_COVER);
  }

  private static String text(ByteBuffer block) {
    return new String(bytes(block), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer block) {
    int length = block.getInt();
    if (length < 0 || length > block.remaining()) {
      throw new IllegalArgumentException(length + " bytes in a block of " + block.capacity());
    }
    byte[] bytes = new byte[length];
    block.get(bytes);
    return bytes;
  }
}
