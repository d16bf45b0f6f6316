package org.acopio.distribution;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes pictures small. A PNG gets 256 colours. The most frequent ones, those of the page itself,
 * stay as they are; the others are chosen by median cut (Heckbert, 1982).
 */
final class Pictures {
  private static final int COLOURS = 256;
  private static final int KEPT = 64;
  private static final float QUALITY = 0.9f;

  private Pictures() {}

  /** Writes the picture of a PNG as a JPEG that looks the same. */
  static void asJpeg(Path png, Path jpeg) throws IOException {
    BufferedImage shot = ImageIO.read(png.toFile());
    BufferedImage image =
        new BufferedImage(shot.getWidth(), shot.getHeight(), BufferedImage.TYPE_INT_RGB);
    image.createGraphics().drawImage(shot, 0, 0, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam quality = writer.getDefaultWriteParam();
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(QUALITY);
    Files.createDirectories(jpeg.toAbsolutePath().getParent());
    try (ImageOutputStream out = ImageIO.createImageOutputStream(Files.newOutputStream(jpeg))) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
  }

  static void reduce(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Box> boxes = boxes(counts);
    int[] palette = boxes.stream().mapToInt(box -> box.mean(counts)).toArray();
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < boxes.size(); i++) {
      for (int colour : boxes.get(i).colours) {
        places.put(colour, i);
      }
    }
    BufferedImage reduced =
        new BufferedImage(
            image.getWidth(),
            image.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
    int[] indexes = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indexes[i] = places.getOrDefault(pixels[i] & 0xffffff, 0);
    }
    reduced.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), indexes);
    ImageIO.write(reduced, "png", file.toFile());
  }

  /** Halves the box with the widest range until there are as many as there may be colours. */
  private static List<Box> boxes(Map<Integer, Integer> counts) {
    List<Integer> colours = new ArrayList<>(counts.keySet());
    colours.sort(Comparator.comparing(counts::get, Comparator.reverseOrder()));
    int kept = Math.min(KEPT, colours.size() - 1);
    List<Box> boxes = new ArrayList<>();
    colours.subList(0, kept).forEach(colour -> boxes.add(new Box(List.of(colour))));
    boxes.add(new Box(colours.subList(kept, colours.size())));
    while (boxes.size() < COLOURS) {
      Box widest = boxes.stream().max(Comparator.comparingInt(Box::width)).orElseThrow();
      if (widest.width() == 0) {
        break;
      }
      boxes.remove(widest);
      boxes.addAll(widest.halves());
    }
    return boxes;
  }

  /** Colours that become one. */
  private record Box(List<Integer> colours) {
    private int range(int shift) {
      int least = 255;
      int most = 0;
      for (int colour : colours) {
        int value = colour >> shift & 255;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      return most - least;
    }

    private int widestShift() {
      int shift = range(16) >= range(8) ? 16 : 8;
      return range(shift) >= range(0) ? shift : 0;
    }

    int width() {
      return range(widestShift());
    }

    List<Box> halves() {
      int shift = widestShift();
      List<Integer> sorted = new ArrayList<>(colours);
      sorted.sort(Comparator.comparingInt(colour -> colour >> shift & 255));
      int middle = sorted.size() / 2;
      return List.of(
          new Box(sorted.subList(0, middle)), new Box(sorted.subList(middle, sorted.size())));
    }

    int mean(Map<Integer, Integer> counts) {
      long red = 0;
      long green = 0;
      long blue = 0;
      long all = 0;
      for (int colour : colours) {
        int count = counts.getOrDefault(colour, 0);
        red += (long) count * (colour >> 16 & 255);
        green += (long) count * (colour >> 8 & 255);
        blue += (long) count * (colour & 255);
        all += count;
      }
      return (int) (red / all << 16 | green / all << 8 | blue / all);
    }
  }
}
