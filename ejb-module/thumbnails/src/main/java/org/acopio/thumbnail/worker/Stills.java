package org.acopio.thumbnail.worker;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;

/** Pictures of images. Of every one the dimensions are known before a pixel is decoded. */
final class Stills {
  /** Types that have readers of their own; all others are searched for a JPEG preview. */
  private static final Set<String> READABLE =
      Set.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/bmp",
          "image/x-ms-bmp",
          "image/vnd.wap.wbmp",
          "image/tiff",
          "image/webp",
          "image/vnd.adobe.photoshop",
          "image/vnd.microsoft.icon",
          "image/x-icon",
          "image/icns",
          "image/x-portable-anymap",
          "image/x-portable-bitmap",
          "image/x-portable-graymap",
          "image/x-portable-pixmap",
          "image/x-portable-arbitrarymap",
          "image/x-tga");

  private static final Set<String> MANY_SIZES =
      Set.of("image/vnd.microsoft.icon", "image/x-icon", "image/icns");

  private static final int MAX_SIZES = 32;

  /** Exif and its thumbnail are in the first segments. */
  private static final int JPEG_HEAD = 256 << 10;

  private static final long RAW_HEAD = 64L << 20;

  Picture picture(Path file, Request request) throws IOException {
    Orientation orientation = Inspector.orientation(file, request.mediaType());
    if (!READABLE.contains(request.mediaType())) {
      return preview(file, request, orientation);
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      return picture(in, file, request, orientation);
    }
  }

  /** Of an image that was inside another file. */
  Picture picture(byte[] image, Request request) throws IOException {
    try (ImageInputStream in = new ByteArrayImageInputStream(image)) {
      ImageReader reader = reader(in);
      try {
        BufferedImage read = read(reader, 0, request);
        return Screen.picture(
            read, request.box(), Orientation.UPRIGHT, reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    }
  }

  private static Picture picture(
      ImageInputStream in, Path file, Request request, Orientation orientation) throws IOException {
    ImageReader reader = reader(in);
    try {
      int index = index(reader, request);
      int width = reader.getWidth(index);
      int height = reader.getHeight(index);
      boolean jpeg = request.mediaType().equals("image/jpeg");
      // A file of a camera that calls itself TIFF begins with a small picture.
      boolean small = request.mediaType().equals("image/tiff") && Math.max(width, height) < 640;
      if (jpeg || (small && request.page() == 1)) {
        Optional<Picture> inside =
            inside(file, jpeg, new Dimension(width, height), request, orientation);
        if (inside.isPresent()) {
          return inside.get();
        }
      }
      return Screen.picture(
          read(reader, index, request), request.box(), orientation, width, height);
    } finally {
      reader.dispose();
    }
  }

  /** From a JPEG in the file that is large enough, and a better source than the file itself. */
  private static Optional<Picture> inside(
      Path path, boolean jpeg, Dimension whole, Request request, Orientation orientation)
      throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      for (EmbeddedJpeg one : EmbeddedJpeg.find(file, 2, jpeg ? JPEG_HEAD : RAW_HEAD)) {
        boolean better =
            jpeg ? one.showsSame(whole.width, whole.height) : one.width() > whole.width;
        if (better && one.fills(request.box())) {
          return Optional.of(
              Screen.picture(
                  read(one.bytes(file), request),
                  request.box(),
                  orientation,
                  jpeg ? whole.width : one.width(),
                  jpeg ? whole.height : one.height()));
        }
      }
      return Optional.empty();
    }
  }

  /** From the smallest JPEG inside that is large enough, or else from the largest. */
  private static Picture preview(Path path, Request request, Orientation orientation)
      throws IOException {
    if (request.page() > 1) {
      throw new Unshowable(Reason.NO_SUCH_PAGE);
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      List<EmbeddedJpeg> inside = EmbeddedJpeg.find(file, 0, RAW_HEAD);
      if (inside.isEmpty()) {
        throw new Unshowable(Reason.UNSUPPORTED);
      }
      EmbeddedJpeg largest = inside.get(inside.size() - 1);
      EmbeddedJpeg best =
          inside.stream().filter(one -> one.fills(request.box())).findFirst().orElse(largest);
      return Screen.picture(
          read(best.bytes(file), request),
          request.box(),
          orientation,
          largest.width(),
          largest.height());
    }
  }

  private static BufferedImage read(byte[] image, Request request) throws IOException {
    try (ImageInputStream in = new ByteArrayImageInputStream(image)) {
      ImageReader reader = reader(in);
      try {
        return read(reader, 0, request);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new Unshowable(Reason.UNREADABLE);
    }
    ImageReader reader = readers.next();
    reader.setInput(in, false, true);
    return reader;
  }

  /** Which of the images in a file: the page, or the largest of an icon. */
  private static int index(ImageReader reader, Request request) throws IOException {
    if (MANY_SIZES.contains(request.mediaType())) {
      int best = 0;
      for (int i = 1; i < Math.min(MAX_SIZES, reader.getNumImages(true)); i++) {
        if (reader.getWidth(i) > reader.getWidth(best)) {
          best = i;
        }
      }
      return best;
    }
    boolean pages = request.mediaType().equals("image/tiff");
    if (request.page() > 1 && (!pages || request.page() > reader.getNumImages(true))) {
      throw new Unshowable(Reason.NO_SUCH_PAGE);
    }
    return request.page() - 1;
  }

  /** No more pixels than twice the box in either direction, and some more for a rest. */
  private static BufferedImage read(ImageReader reader, int index, Request request)
      throws IOException {
    int width = reader.getWidth(index);
    int height = reader.getHeight(index);
    PixelCap.check(reader, width, height, request.maxPixels());
    ImageReadParam parameters = reader.getDefaultReadParam();
    int step = Math.max(1, Math.max(width, height) / (2 * request.box()));
    parameters.setSourceSubsampling(Math.min(step, width), Math.min(step, height), 0, 0);
    return reader.read(index, parameters);
  }
}
