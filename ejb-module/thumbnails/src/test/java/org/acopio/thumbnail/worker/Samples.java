package org.acopio.thumbnail.worker;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files of one colour as real encoders make them, and pieces to build others from. */
public final class Samples {
  public static final Color COLOUR = new Color(200, 30, 40);

  /** 64 x 48 pixels of {@link #COLOUR}, as Chromium's canvas saves it. */
  public static final byte[] WEBP =
      Base64.getDecoder()
          .decode(
              "UklGRk4AAABXRUJQVlA4IEIAAACQAwCdASpAADAAPm02mEkkIyKhIqgAgA2JZwB2AAAt4QkfWPDAAP7wG9//oUbKJin//9pZ/9Sz/6ln+KgAAAAA");

  private Samples() {}

  /** One colour from edge to edge. */
  public static BufferedImage plain(int width, int height, int type, Color colour) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return image;
  }

  public static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer of " + format);
    }
    return bytes.toByteArray();
  }

  public static byte[] jpeg(int width, int height) throws IOException {
    return encoded(plain(width, height, BufferedImage.TYPE_INT_RGB, COLOUR), "jpeg");
  }

  /** Magenta and yellow without cyan and black, the wrong way round as Photoshop writes them. */
  static byte[] cmykJpeg(int width, int height) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int i = 0; i < width * height; i++) {
      raster.setPixel(i % width, i / width, new int[] {255, 0, 0, 255});
    }
    ImageWriter writer = jdkJpegWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    return withSegment(bytes.toByteArray(), 0xee, adobe);
  }

  private static ImageWriter jdkJpegWriter() {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.imageio")) {
        return writer;
      }
    }
    throw new IllegalStateException("this Java has no writer of JPEG");
  }

  /** The JPEG with an Exif segment that has an orientation, a camera and a place. */
  public static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] camera = "Acme 3000\0".getBytes(StandardCharsets.US_ASCII);
    byte[] taken = "2026:11:21 10:48:00\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer tiff = ByteBuffer.allocate(400).order(ByteOrder.BIG_ENDIAN);
    tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    tiff.putShort((short) 4);
    entry(tiff, 0x0110, 2, camera.length, 200);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    tiff.putShort((short) 0);
    entry(tiff, 0x8769, 4, 1, 80);
    entry(tiff, 0x8825, 4, 1, 120);
    tiff.putInt(0);
    tiff.position(80).putShort((short) 2);
    entry(tiff, 0x829a, 5, 1, 260);
    entry(tiff, 0x9003, 2, taken.length, 220);
    tiff.putInt(0);
    tiff.position(120).putShort((short) 4);
    tiff.putShort((short) 1).putShort((short) 2).putInt(2).put(new byte[] {'S', 0, 0, 0});
    entry(tiff, 2, 5, 3, 280);
    tiff.putShort((short) 3).putShort((short) 2).putInt(2).put(new byte[] {'W', 0, 0, 0});
    entry(tiff, 4, 5, 3, 310);
    tiff.putInt(0);
    tiff.position(200).put(camera);
    tiff.position(220).put(taken);
    tiff.position(260).putInt(1).putInt(125);
    degrees(tiff.position(280), 34, 36);
    degrees(tiff.position(310), 58, 22);
    byte[] exif =
        ByteBuffer.allocate(406)
            .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
            .put(tiff.array())
            .array();
    return withSegment(jpeg, 0xe1, exif);
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static void degrees(ByteBuffer tiff, int degrees, int minutes) {
    tiff.putInt(degrees).putInt(1).putInt(minutes).putInt(1).putInt(0).putInt(1);
  }

  /** The JPEG with one more segment at its beginning. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return ByteBuffer.allocate(jpeg.length + content.length + 4)
        .put(jpeg, 0, 2)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** A PNG of few bytes that claims these sides, with this much of grey pixels in it, packed. */
  public static byte[] png(int width, int height, long pixels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) 0).array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      byte[] zeros = new byte[1 << 16];
      for (long left = pixels; left > 0; left -= zeros.length) {
        deflater.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }

  /** A Photoshop file without layers. */
  static byte[] psd(int width, int height) {
    ByteBuffer out = ByteBuffer.allocate(40 + 3 * width * height);
    out.put("8BPS".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1).put(new byte[6]);
    out.putShort((short) 3).putInt(height).putInt(width).putShort((short) 8).putShort((short) 3);
    out.putInt(0).putInt(0).putInt(0).putShort((short) 0);
    for (int value : new int[] {COLOUR.getRed(), COLOUR.getGreen(), COLOUR.getBlue()}) {
      for (int i = 0; i < width * height; i++) {
        out.put((byte) value);
      }
    }
    return out.array();
  }

  /** A portable pixmap. */
  static byte[] ppm(int width, int height) {
    byte[] head = "P6 %d %d 255\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(head.length + 3 * width * height).put(head);
    while (out.hasRemaining()) {
      out.put((byte) COLOUR.getRed()).put((byte) COLOUR.getGreen()).put((byte) COLOUR.getBlue());
    }
    return out.array();
  }

  /** An icon in two sizes, both PNG. */
  static byte[] ico() throws IOException {
    byte[] small = encoded(plain(16, 16, BufferedImage.TYPE_INT_RGB, Color.BLUE), "png");
    byte[] large = encoded(plain(64, 64, BufferedImage.TYPE_INT_RGB, COLOUR), "png");
    ByteBuffer out =
        ByteBuffer.allocate(6 + 32 + small.length + large.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) 2);
    for (byte[] image : new byte[][] {small, large}) {
      byte side = (byte) (image == small ? 16 : 64);
      out.put(side).put(side).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 24);
      out.putInt(image.length).putInt(image == small ? 38 : 38 + small.length);
    }
    return out.put(small).put(large).array();
  }

  /** What the raw file of a camera is to a stranger: data, a small picture, data, a larger one. */
  static byte[] raw() throws IOException {
    byte[] small = encoded(plain(100, 75, BufferedImage.TYPE_INT_RGB, Color.BLUE), "jpeg");
    byte[] large = jpeg(800, 600);
    byte[] lossless = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc3, 0, 17, 14, 16, 0, 16, 0, 3, 0, 0, 0
    };
    return ByteBuffer.allocate(3_000 + small.length + large.length + lossless.length)
        .put(new byte[1_000])
        .put(lossless)
        .put(new byte[1_000])
        .put(small)
        .put(large)
        .array();
  }

  /** An MP3 that has nothing but a tag. */
  static byte[] mp3(byte[] cover, String title) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    byte[] text = title.getBytes(StandardCharsets.UTF_8);
    id3Frame(frames, "TIT2", ByteBuffer.allocate(text.length + 1).put((byte) 3).put(text).array());
    byte[] head = "\0image/jpeg\0\3\0".getBytes(StandardCharsets.ISO_8859_1);
    id3Frame(
        frames,
        "APIC",
        ByteBuffer.allocate(head.length + cover.length).put(head).put(cover).array());
    ByteBuffer tag = ByteBuffer.allocate(10 + frames.size());
    tag.put(new byte[] {'I', 'D', '3', 4, 0, 0});
    return syncSafe(tag, frames.size()).put(frames.toByteArray()).array();
  }

  private static void id3Frame(ByteArrayOutputStream out, String id, byte[] content) {
    ByteBuffer head = ByteBuffer.allocate(10).put(id.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(syncSafe(head, content.length).array());
    out.writeBytes(content);
  }

  private static ByteBuffer syncSafe(ByteBuffer out, int number) {
    return out.put((byte) (number >> 21 & 0x7f))
        .put((byte) (number >> 14 & 0x7f))
        .put((byte) (number >> 7 & 0x7f))
        .put((byte) (number & 0x7f));
  }

  /** A FLAC that has nothing but its blocks: 3 s at 44,100 Hz. */
  static byte[] flac(byte[] cover, String title) {
    byte[] comment = ("TITLE=" + title).getBytes(StandardCharsets.UTF_8);
    ByteBuffer comments = ByteBuffer.allocate(12 + comment.length).order(ByteOrder.LITTLE_ENDIAN);
    comments.putInt(0).putInt(1).putInt(comment.length).put(comment);
    ByteBuffer picture = ByteBuffer.allocate(32 + cover.length);
    picture.putInt(3).putInt(0).putInt(0).put(new byte[16]).putInt(cover.length).put(cover);
    ByteBuffer out = ByteBuffer.allocate(4 + 3 * 4 + 34 + comments.capacity() + picture.capacity());
    out.put("fLaC".getBytes(StandardCharsets.US_ASCII));
    out.putInt(34).position(18).putLong(44_100L << 44 | 3 * 44_100).position(42);
    out.putInt(4 << 24 | comments.capacity()).put(comments.array());
    return out.putInt(0x8600_0000 | picture.capacity()).put(picture.array()).array();
  }

  /** An MP4 that has nothing but a description: 90 s, 320 x 240. */
  static byte[] mp4(byte[] cover, String title) {
    ByteBuffer movie = ByteBuffer.allocate(100);
    movie.putInt(12, 1_000).putInt(16, 90_000);
    ByteBuffer track = ByteBuffer.allocate(84);
    track.putShort(76, (short) 320).putShort(80, (short) 240);
    byte[] list =
        box(
            "ilst",
            box("\u00a9nam", box("data", new byte[8], title.getBytes(StandardCharsets.UTF_8))),
            box("covr", box("data", new byte[8], cover)));
    return joined(
        box("ftyp", "M4A ".getBytes(StandardCharsets.US_ASCII), new byte[4]),
        box(
            "moov",
            box("mvhd", movie.array()),
            box("trak", box("tkhd", track.array())),
            box("udta", box("meta", new byte[4], box("hdlr", new byte[24]), list))));
  }

  static byte[] box(String type, byte[]... contents) {
    byte[] content = joined(contents);
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(content)
        .array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
