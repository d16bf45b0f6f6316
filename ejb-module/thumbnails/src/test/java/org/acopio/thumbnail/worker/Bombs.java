package org.acopio.thumbnail.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

/** Small files that claim, or unpack to, what no memory holds. */
public final class Bombs {
  private static final int TIFF_ENTRIES = 9;
  private static final int PIECE = 1 << 16;

  private Bombs() {}

  static byte[] bmp(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(54 + 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("BM")).putInt(out.capacity()).putInt(0).putInt(54);
    out.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
    return out.array();
  }

  static byte[] tga(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(18 + 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(2, (byte) 2).putShort(12, (short) width).putShort(14, (short) height);
    return out.put(16, (byte) 24).array();
  }

  static byte[] ppm(int width, int height) {
    return ascii("P6\n%d %d\n255\n0123456789".formatted(width, height));
  }

  static byte[] psd(int width, int height) {
    byte[] psd = Samples.psd(4, 3);
    ByteBuffer.wrap(psd).putInt(14, height).putInt(18, width);
    return psd;
  }

  static byte[] tiff(int width, int height) {
    ByteBuffer out =
        ByteBuffer.allocate(8 + 2 + 12 * TIFF_ENTRIES + 4 + 64).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("II")).putShort((short) 42).putInt(8).putShort((short) TIFF_ENTRIES);
    int[][] tags = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, out.capacity() - 64},
      {277, 1},
      {278, height},
      {279, 64}
    };
    for (int[] tag : tags) {
      out.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    return out.array();
  }

  /** A bitmap of 16 × 16 pixels, it says, that holds a JPEG (4) or a PNG (5). */
  static byte[] bmpOf(byte[] inside, int compression) {
    ByteBuffer out = ByteBuffer.allocate(54 + inside.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("BM")).putInt(out.capacity()).putInt(0).putInt(54);
    out.putInt(40).putInt(16).putInt(16).putShort((short) 1).putShort((short) 0);
    out.putInt(compression).putInt(inside.length).position(54);
    return out.put(inside).array();
  }

  /** The head of a small JPEG with other sides. */
  static byte[] jpeg(int width, int height) throws IOException {
    byte[] jpeg = Samples.jpeg(16, 16);
    int frame = 2;
    while ((jpeg[frame + 1] & 0xff) != 0xc0) {
      frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | jpeg[frame + 3] & 0xff);
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
    return jpeg;
  }

  /** An extended WebP of 16 × 16 pixels, it says, with a frame. */
  static byte[] webpOf(byte[] frame) {
    ByteBuffer out = ByteBuffer.allocate(30 + frame.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(out.capacity() - 8).put(ascii("WEBPVP8X")).putInt(10).putInt(0);
    three(out, 15);
    three(out, 15);
    return out.put(frame).array();
  }

  static byte[] lossyFrame(int width, int height) {
    byte[] frame = Arrays.copyOfRange(Samples.WEBP, 12, Samples.WEBP.length);
    ByteBuffer sides = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    sides.putShort(14, (short) width).putShort(16, (short) height);
    return frame;
  }

  static byte[] losslessFrame(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(8 + 32).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("VP8L")).putInt(32).put((byte) 0x2f).putInt(width - 1 | height - 1 << 14);
    return out.array();
  }

  /** The canvas of an extended WebP (VP8X), and nothing on it. */
  static byte[] webp(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(22).put(ascii("WEBPVP8X")).putInt(10).putInt(0);
    three(out, width - 1);
    three(out, height - 1);
    return out.array();
  }

  private static void three(ByteBuffer out, int number) {
    out.putShort((short) number).put((byte) (number >>> 16));
  }

  /** An icon of 16 × 16 pixels, it says, that holds a PNG of many. */
  static byte[] ico(int width, int height) throws IOException {
    byte[] png = Samples.png(width, height, 0);
    ByteBuffer out = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) 1);
    out.put((byte) 16).put((byte) 16).putShort((short) 0).putShort((short) 1).putShort((short) 32);
    return out.putInt(png.length).putInt(22).put(png).array();
  }

  /** The same for Apple: 128 × 128 pixels (ic07), it says. */
  static byte[] icns(int width, int height) throws IOException {
    byte[] png = Samples.png(width, height, 0);
    ByteBuffer out = ByteBuffer.allocate(16 + png.length);
    out.put(ascii("icns")).putInt(out.capacity()).put(ascii("ic07")).putInt(8 + png.length);
    return out.put(png).array();
  }

  /** A page that shows an image of 3,600 million pixels. */
  static byte[] imagePdf() throws IOException {
    return pdf(
        "",
        ascii("100 0 0 100 0 0 cm /X Do"),
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8"
            + " /ColorSpace /DeviceRGB /Filter /FlateDecode",
        deflated("\0", 1 << 20));
  }

  /** A page whose content, of a megabyte, unpacks to so many bytes of these words. */
  public static byte[] longPdf(String words, long size) throws IOException {
    return pdf("/Filter /FlateDecode", deflated(words, size), "", new byte[0]);
  }

  /** Arrays in arrays, and dictionaries in dictionaries. */
  static byte[] nestedPdf() throws IOException {
    int depth = 200_000;
    String content = "[".repeat(depth) + "]".repeat(depth) + " 0 d " + "<</A ".repeat(depth);
    return pdf("", ascii(content), "/A " + "[".repeat(depth) + "]".repeat(depth), new byte[0]);
  }

  private static byte[] pdf(String contentEntries, byte[] content, String objectEntries, byte[] x)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        ascii(
            """
            %PDF-1.4
            1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
            2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
            3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 5 0 R
              /Resources <</XObject <</X 4 0 R>>>>>> endobj
            """));
    stream(out, 4, objectEntries, x);
    stream(out, 5, contentEntries, content);
    out.write(ascii("trailer <</Root 1 0 R /Size 6>>\n"));
    return out.toByteArray();
  }

  private static void stream(ByteArrayOutputStream out, int number, String entries, byte[] content)
      throws IOException {
    out.write(
        ascii("%d 0 obj <<%s /Length %d>> stream\n".formatted(number, entries, content.length)));
    out.write(content);
    out.write(ascii("\nendstream endobj\n"));
  }

  /** Packed in pieces: at no moment is there more than one of them and what comes out. */
  private static byte[] deflated(String words, long size) throws IOException {
    byte[] piece = ascii(words.repeat(PIECE / words.length()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
      for (long left = size; left > 0; left -= piece.length) {
        deflate.write(piece, 0, (int) Math.min(left, piece.length));
      }
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
