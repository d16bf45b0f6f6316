import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes photos of 12 megapixels, about 4 MB each: java Photos.java FOLDER COUNT */
class Photos {
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      Random random = new Random(i);
      BufferedImage image = new BufferedImage(4000, 3000, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      for (int j = 0; j < 3000; j++) {
        graphics.setColor(new Color(random.nextInt(1 << 24)));
        graphics.fillOval(random.nextInt(4000), random.nextInt(3000), random.nextInt(400), random.nextInt(400));
      }
      for (int j = 0; j < 2_000_000; j++) {
        image.setRGB(random.nextInt(4000), random.nextInt(3000), random.nextInt(1 << 24));
      }
      ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(0.85f);
      try (ImageOutputStream out = ImageIO.createImageOutputStream(folder.resolve("photo" + i + ".jpg").toFile())) {
        writer.setOutput(out);
        writer.write(null, new IIOImage(image, null, null), quality);
      }
    }
  }
}
