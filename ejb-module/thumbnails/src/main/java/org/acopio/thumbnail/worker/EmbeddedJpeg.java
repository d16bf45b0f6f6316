package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A JPEG inside another file: the thumbnail in a photo, or the preview in the raw file of a camera,
 * whatever its maker's format is.
 *
 * @param offset of its first byte in the file
 * @param width pixels
 * @param height pixels
 */
record EmbeddedJpeg(long offset, int width, int height) {
  private static final int CHUNK = 4 << 20;

  /** A head reaches over a few segments of 64 KiB at most. */
  private static final int HEAD = 256 << 10;

  private static final int MOST = 16;
  private static final int SMALLEST = 64;

  /** A preview is not larger than this. */
  private static final int MAX_BYTES = 32 << 20;

  /** All that begin in {@code [from, to)}, the smallest first. */
  static List<EmbeddedJpeg> find(RandomAccessFile file, long from, long to) throws IOException {
    List<EmbeddedJpeg> found = new ArrayList<>();
    long end = Math.min(to, file.length());
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(0, end - from)) + HEAD];
    for (long at = from; at < end && found.size() < MOST; at += CHUNK) {
      int length = read(file, at, chunk);
      collect(found, chunk, at, (int) Math.min(CHUNK, end - at), length);
    }
    found.sort(Comparator.comparingLong(one -> (long) one.width * one.height));
    return found;
  }

  private static void collect(
      List<EmbeddedJpeg> found, byte[] chunk, long at, int begins, int length) {
    for (int i = 0; i < begins && i + 3 < length && found.size() < MOST; i++) {
      if (chunk[i] == (byte) 0xff
          && chunk[i + 1] == (byte) 0xd8
          && chunk[i + 2] == (byte) 0xff
          && (chunk[i + 3] & 0xff) >= 0xc0) {
        Optional<JpegHead> head = JpegHead.of(chunk, i, length);
        if (head.isPresent() && Math.min(head.get().width(), head.get().height()) >= SMALLEST) {
          found.add(new EmbeddedJpeg(at + i, head.get().width(), head.get().height()));
        }
      }
    }
  }

  /** From its beginning on; what follows its end does not disturb a decoder. */
  byte[] bytes(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[(int) Math.min(MAX_BYTES, file.length() - offset)];
    read(file, offset, bytes);
    return bytes;
  }

  boolean fills(int box) {
    return Math.max(width, height) >= box;
  }

  /** Cameras put bars beside a thumbnail of another shape; such a one is not wanted. */
  boolean showsSame(int wholeWidth, int wholeHeight) {
    double ratio = (double) width * wholeHeight / ((double) height * wholeWidth);
    return Math.abs(ratio - 1) < 0.02;
  }

  private static int read(RandomAccessFile file, long at, byte[] into) throws IOException {
    file.seek(at);
    int length = 0;
    while (length < into.length) {
      int count = file.read(into, length, into.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return length;
  }
}
