package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * How many pixels the images claim that are inside another one. Icons and bitmaps hold PNG and
 * JPEG, a WebP holds frames; their readers believe these, whatever the head of the file says.
 */
final class InnerPixels {
  private static final Set<String> HOLDERS = Set.of("bmp", "ico", "cur", "icns", "webp");

  /** What lies behind this is not looked for; it ends the worker at most. */
  private static final int MOST_BYTES = 16 << 20;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] LOSSY = "VP8 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LOSSLESS = "VP8L".getBytes(StandardCharsets.US_ASCII);
  private static final int SIDE = 0x3fff;

  /** The compression in the head of a bitmap whose pixels are a JPEG. */
  private static final int BITMAP_OF_JPEG = 4;

  private final byte[] bytes;

  private InnerPixels(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of the largest; 0 when there is none, or the format has no place for one. */
  static long most(ImageReader reader) throws IOException {
    if (!(reader.getInput() instanceof ImageInputStream in)
        || !HOLDERS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
      return 0;
    }
    long at = in.getStreamPosition();
    try {
      in.seek(0);
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, in.length()))];
      int length = 0;
      for (int count = 0; length < bytes.length && count >= 0; length += Math.max(0, count)) {
        count = in.read(bytes, length, bytes.length - length);
      }
      return new InnerPixels(Arrays.copyOf(bytes, length)).most();
    } finally {
      in.seek(at);
    }
  }

  private long most() {
    boolean ofJpeg = bytes.length > 34 && bytes[0] == 'B' && little(30) == BITMAP_OF_JPEG;
    long most = 0;
    for (int i = 0; i < bytes.length; i++) {
      most =
          switch (bytes[i]) {
            case (byte) 0x89 -> Math.max(most, png(i));
            case (byte) 0xff -> Math.max(most, ofJpeg ? jpeg(i) : 0);
            case 'V' -> Math.max(most, Math.max(lossy(i), lossless(i)));
            default -> most;
          };
    }
    return most;
  }

  /** PNG, 5.2 and 11.2.2: the signature, a chunk's length and name, the sides. */
  private long png(int at) {
    return begins(PNG, at, 24) ? side(at + 16) * side(at + 20) : 0;
  }

  /** What cannot be understood here may be understood there. */
  private long jpeg(int at) {
    if (at + 4 > bytes.length
        || bytes[at + 1] != (byte) 0xd8
        || bytes[at + 2] != (byte) 0xff
        || (bytes[at + 3] & 0xff) < 0xc0) {
      return 0;
    }
    Optional<JpegHead> head = JpegHead.of(bytes, at, bytes.length);
    return head.map(one -> (long) one.width() * one.height()).orElse(Long.MAX_VALUE);
  }

  /** RFC 6386, 9.1, in a chunk of its own: a tag of three bytes, a start code, the sides. */
  private long lossy(int at) {
    return begins(LOSSY, at, 18) ? (little(at + 14) & SIDE) * (little(at + 14) >>> 16 & SIDE) : 0;
  }

  /** RFC 9649, 3.4: a signature, the sides less one in 14 bits each. */
  private long lossless(int at) {
    return begins(LOSSLESS, at, 13)
        ? ((little(at + 9) & SIDE) + 1) * ((little(at + 9) >>> 14 & SIDE) + 1)
        : 0;
  }

  private boolean begins(byte[] with, int at, int length) {
    return at + length <= bytes.length
        && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }

  private long side(int at) {
    long big = Integer.toUnsignedLong(Integer.reverseBytes((int) little(at)));
    return Math.min(big, Integer.MAX_VALUE);
  }

  private long little(int at) {
    long number = 0;
    for (int i = 3; i >= 0; i--) {
      number = number << 8 | bytes[at + i] & 0xff;
    }
    return number;
  }
}
