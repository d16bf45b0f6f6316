package org.acopio.thumbnail.worker;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.resizers.Resizers;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Reason;

/**
 * Makes what was decoded fit for a screen: upright, small, JPEG, or PNG where something shines
 * through.
 */
final class Screen {
  private static final float QUALITY = 0.82f;

  private Screen() {}

  /**
   * The picture of an image.
   *
   * @param read may have fewer pixels than the original
   * @param width of the original, before it is turned
   * @param height of the same
   */
  static Picture picture(
      BufferedImage read, int box, Orientation orientation, int width, int height)
      throws IOException {
    BufferedImage upright = turned(scaled(read, box), orientation);
    boolean clear = upright.getColorModel().hasAlpha() && isClear(upright);
    byte[] bytes = clear ? png(upright) : jpeg(opaque(upright));
    boolean swaps = orientation.swapsSides();
    return new Picture(
        bytes, clear ? "image/png" : "image/jpeg", swaps ? height : width, swaps ? width : height);
  }

  /** In a colour model that every encoder takes, and no larger than the box. */
  private static BufferedImage scaled(BufferedImage read, int box) throws IOException {
    boolean alpha = read.getColorModel().hasAlpha();
    int type = alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    int longest = Math.max(read.getWidth(), read.getHeight());
    if (longest <= box) {
      return drawn(read, type);
    }
    return Thumbnails.of(drawn(read, type))
        .forceSize(side(read.getWidth(), box, longest), side(read.getHeight(), box, longest))
        .resizer(Resizers.PROGRESSIVE)
        .imageType(type)
        .asBufferedImage();
  }

  private static int side(int length, int box, int longest) {
    return Math.max(1, (int) Math.round((double) length * box / longest));
  }

  private static BufferedImage drawn(BufferedImage image, int type) {
    if (image.getType() == type) {
      return image;
    }
    BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), type);
    draw(plain, image, Orientation.UPRIGHT);
    return plain;
  }

  private static BufferedImage turned(BufferedImage image, Orientation orientation) {
    if (orientation == Orientation.UPRIGHT) {
      return image;
    }
    boolean swaps = orientation.swapsSides();
    BufferedImage turned =
        new BufferedImage(
            swaps ? image.getHeight() : image.getWidth(),
            swaps ? image.getWidth() : image.getHeight(),
            image.getType());
    draw(turned, image, orientation);
    return turned;
  }

  private static BufferedImage opaque(BufferedImage image) {
    return drawn(image, BufferedImage.TYPE_INT_RGB);
  }

  private static void draw(BufferedImage onto, BufferedImage image, Orientation orientation) {
    Graphics2D graphics = onto.createGraphics();
    try {
      graphics.drawImage(image, orientation.transform(image.getWidth(), image.getHeight()), null);
    } finally {
      graphics.dispose();
    }
  }

  private static boolean isClear(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        if (pixel >>> 24 != 0xff) {
          return true;
        }
      }
    }
    return false;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new Unshowable(Reason.FAILED);
    }
    return bytes.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
