package org.acopio.thumbnail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.worker.Samples;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void thePictureThatCannotBePackedReachesTheServer() throws IOException {
    int side = Request.MAX_BOX;
    BufferedImage noise = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(1);
    for (int i = 0; i < side * side; i++) {
      noise.setRGB(i % side, i / side, random.nextInt());
    }
    byte[] png = Samples.encoded(noise, "png");
    assertTrue(png.length > 4 * side * side, () -> png.length + " bytes");
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Frames.write(new Picture(png, "image/png", side, side), sent);
    Outcome received = Frames.readOutcome(new ByteArrayInputStream(sent.toByteArray()));
    assertArrayEquals(png, assertInstanceOf(Picture.class, received).bytes());
  }
}
