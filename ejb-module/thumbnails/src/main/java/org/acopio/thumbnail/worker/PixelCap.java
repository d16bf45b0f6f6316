package org.acopio.thumbnail.worker;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.acopio.thumbnail.Reason;

/** Refuses images by what they say of themselves, before memory is taken for them. */
final class PixelCap {
  /**
   * A progressive JPEG is kept whole by the native decoder, outside the heap and its limit: up to
   * six bytes for each pixel.
   */
  private static final long PROGRESSIVE = 64_000_000;

  private PixelCap() {}

  static void check(ImageReader reader, long width, long height, long most) throws IOException {
    if (width < 1 || height < 1) {
      throw new Unshowable(Reason.UNREADABLE);
    }
    long pixels = width * height;
    if (pixels > most
        || (pixels > PROGRESSIVE && isProgressive(reader))
        || InnerPixels.most(reader) > most) {
      throw new Unshowable(Reason.TOO_MANY_PIXELS);
    }
  }

  private static boolean isProgressive(ImageReader reader) throws IOException {
    if (!(reader.getInput() instanceof ImageInputStream in)
        || !reader.getFormatName().equalsIgnoreCase("jpeg")) {
      return false;
    }
    long at = in.getStreamPosition();
    try {
      in.seek(0);
      byte[] head = new byte[1 << 20];
      int length = Math.max(0, in.read(head));
      return JpegHead.of(head, 0, length).map(JpegHead::progressive).orElse(true);
    } finally {
      in.seek(at);
    }
  }
}
