package org.acopio.thumbnail.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.acopio.thumbnail.Fact;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;
import org.acopio.thumbnail.Request.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
  private static final long MANY_PIXELS = 250_000_000;

  @TempDir Path folder;
  private final Decoder decoder = new Decoder();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("niño <b>.bin");
  }

  private Outcome ask(byte[] content, String type, int box, int page) throws IOException {
    Files.write(file, content);
    return decoder.answer(new Request(Task.PICTURE, file.toString(), type, box, page, MANY_PIXELS));
  }

  private Picture picture(byte[] content, String type, int box) throws IOException {
    return assertInstanceOf(Picture.class, ask(content, type, box, 1));
  }

  private Reason refusal(byte[] content, String type) throws IOException {
    return assertInstanceOf(Refused.class, ask(content, type, 256, 1)).reason();
  }

  private Map<Fact, String> facts(byte[] content, String type) throws IOException {
    Files.write(file, content);
    return assertInstanceOf(
            Details.class,
            decoder.answer(new Request(Task.DETAILS, file.toString(), type, 1, 1, MANY_PIXELS)))
        .facts();
  }

  private static BufferedImage image(Picture picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    assertNotNull(image);
    return image;
  }

  private static void assertColour(Color expected, BufferedImage image, int x, int y) {
    Color seen = new Color(image.getRGB(x, y));
    int distance =
        Math.abs(seen.getRed() - expected.getRed())
            + Math.abs(seen.getGreen() - expected.getGreen())
            + Math.abs(seen.getBlue() - expected.getBlue());
    assertTrue(distance < 40, () -> seen + " is not " + expected);
  }

  private static BufferedImage plain(int type) {
    return Samples.plain(400, 300, type, Samples.COLOUR);
  }

  static Stream<Arguments> formats() throws IOException {
    BufferedImage rgb = plain(BufferedImage.TYPE_INT_RGB);
    BufferedImage indexed = plain(BufferedImage.TYPE_BYTE_INDEXED);
    return Stream.of(
        Arguments.of("image/jpeg", Samples.encoded(rgb, "jpeg"), 400, 300),
        Arguments.of("image/png", Samples.encoded(rgb, "png"), 400, 300),
        Arguments.of("image/gif", Samples.encoded(indexed, "gif"), 400, 300),
        Arguments.of("image/bmp", Samples.encoded(rgb, "bmp"), 400, 300),
        Arguments.of("image/tiff", Samples.encoded(rgb, "tiff"), 400, 300),
        Arguments.of("image/webp", Samples.WEBP, 64, 48),
        Arguments.of("image/x-tga", Samples.encoded(rgb, "tga"), 400, 300),
        Arguments.of("image/icns", Samples.encoded(icon(), "icns"), 128, 128),
        Arguments.of("image/vnd.microsoft.icon", Samples.ico(), 64, 64),
        Arguments.of("image/vnd.adobe.photoshop", Samples.psd(400, 300), 400, 300),
        Arguments.of("image/x-portable-pixmap", Samples.ppm(400, 300), 400, 300),
        Arguments.of("image/x-canon-cr2", Samples.raw(), 800, 600),
        Arguments.of("application/pdf", Pdfs.pages(1, 400, 300), 400, 300),
        Arguments.of("audio/mpeg", Samples.mp3(Samples.jpeg(400, 300), "Uno"), 400, 300),
        Arguments.of("audio/x-flac", Samples.flac(Samples.jpeg(400, 300), "Uno"), 400, 300),
        Arguments.of("audio/mp4", Samples.mp4(Samples.jpeg(400, 300), "Uno"), 400, 300));
  }

  private static BufferedImage icon() {
    return Samples.plain(128, 128, BufferedImage.TYPE_INT_ARGB, Samples.COLOUR);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void everyFormatHasItsPicture(String type, byte[] content, int width, int height)
      throws IOException {
    Picture picture = picture(content, type, 128);
    assertEquals(width, picture.width());
    assertEquals(height, picture.height());
    BufferedImage image = image(picture);
    int longest = Math.min(128, Math.max(width, height));
    assertEquals(longest, image.getWidth());
    assertEquals(longest * height / width, image.getHeight());
    assertColour(Samples.COLOUR, image, image.getWidth() / 2, image.getHeight() / 2);
  }

  @Test
  void cmykBecomesTheColourThatIsPrinted() throws IOException {
    Picture picture = picture(Samples.cmykJpeg(64, 48), "image/jpeg", 64);
    Color seen = new Color(image(picture).getRGB(32, 24));
    assertTrue(seen.getRed() > 180 && seen.getGreen() < 60 && seen.getBlue() < 70, () -> "" + seen);
  }

  @ParameterizedTest
  @CsvSource({"png, 11", "tiff, 11"})
  void sixteenBitsAreNoReasonToRefuse(String format, int type) throws IOException {
    BufferedImage grey = Samples.plain(400, 300, type, Color.LIGHT_GRAY);
    BufferedImage image = image(picture(Samples.encoded(grey, format), "image/" + format, 128));
    assertColour(Color.LIGHT_GRAY, image, 60, 40);
  }

  @Test
  void whatShinesThroughStaysSo() throws IOException {
    BufferedImage clear =
        Samples.plain(400, 300, BufferedImage.TYPE_INT_ARGB, new Color(200, 30, 40, 80));
    Picture picture = picture(Samples.encoded(clear, "png"), "image/png", 128);
    assertEquals("image/png", picture.mediaType());
    assertEquals(80, image(picture).getRGB(60, 40) >>> 24, 2);
    BufferedImage opaque = plain(BufferedImage.TYPE_INT_ARGB);
    assertEquals(
        "image/jpeg", picture(Samples.encoded(opaque, "png"), "image/png", 128).mediaType());
  }

  /** Where the red upper left corner of the stored image is to be seen (Exif 2.32, tag 274). */
  @ParameterizedTest
  @CsvSource({
    "1, false, 0, 0", "2, false, 1, 0", "3, false, 1, 1", "4, false, 0, 1",
    "5, true, 0, 0", "6, true, 1, 0", "7, true, 1, 1", "8, true, 0, 1"
  })
  void photosStandUpright(int orientation, boolean swaps, int right, int below) throws IOException {
    BufferedImage stored = Samples.plain(400, 300, BufferedImage.TYPE_INT_RGB, Color.BLUE);
    stored.getGraphics().fillRect(0, 0, 1, 1);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        stored.setRGB(x, y, Samples.COLOUR.getRGB());
      }
    }
    byte[] photo = Samples.withExif(Samples.encoded(stored, "jpeg"), orientation);
    Picture picture = picture(photo, "image/jpeg", 400);
    BufferedImage image = image(picture);
    assertEquals(swaps ? 300 : 400, picture.width());
    assertEquals(swaps ? 300 : 400, image.getWidth());
    assertColour(
        Samples.COLOUR,
        image,
        right * (image.getWidth() - 1 - 80) + 40,
        below * (image.getHeight() - 1 - 80) + 40);
  }

  @Test
  void theThumbnailInAPhotoIsUsedWhereItIsLargeEnough() throws IOException {
    byte[] blue =
        Samples.encoded(Samples.plain(320, 240, BufferedImage.TYPE_INT_RGB, Color.BLUE), "jpeg");
    byte[] photo = Samples.withSegment(Samples.jpeg(1_600, 1_200), 0xe2, blue);
    Picture small = picture(photo, "image/jpeg", 256);
    assertColour(Color.BLUE, image(small), 100, 100);
    assertEquals(1_600, small.width());
    assertColour(Samples.COLOUR, image(picture(photo, "image/jpeg", 512)), 100, 100);
  }

  @Test
  void aThumbnailOfAnotherShapeIsNotUsed() throws IOException {
    byte[] bars =
        Samples.encoded(Samples.plain(320, 240, BufferedImage.TYPE_INT_RGB, Color.BLACK), "jpeg");
    byte[] photo = Samples.withSegment(Samples.jpeg(1_500, 1_000), 0xe2, bars);
    assertColour(Samples.COLOUR, image(picture(photo, "image/jpeg", 256)), 100, 100);
  }

  @Test
  void pagesAreFoundByTheirNumber() throws IOException {
    byte[] document = Pdfs.pages(2, 300, 400);
    Picture second = assertInstanceOf(Picture.class, ask(document, "application/pdf", 256, 2));
    assertColour(Color.BLUE, image(second), 100, 100);
    assertEquals(new Refused(Reason.NO_SUCH_PAGE), ask(document, "application/pdf", 256, 3));
    assertEquals(new Refused(Reason.NO_SUCH_PAGE), ask(Samples.jpeg(9, 9), "image/jpeg", 256, 2));
  }

  @ParameterizedTest
  @CsvSource({"30_000, 30_000", "1, 2_000_000_000", "2_147_483_647, 2_147_483_647"})
  void aClaimOfManyPixelsIsNotBelieved(String width, String height) throws IOException {
    byte[] png =
        Samples.png(
            Integer.parseInt(width.replace("_", "")), Integer.parseInt(height.replace("_", "")), 0);
    assertTrue(png.length < 80, () -> png.length + " bytes");
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(png, "image/png"));
  }

  static Stream<Arguments> claims() throws IOException {
    return Stream.of(
        Arguments.of("image/bmp", Bombs.bmp(30_000, 30_000)),
        Arguments.of("image/x-tga", Bombs.tga(60_000, 60_000)),
        Arguments.of("image/x-portable-pixmap", Bombs.ppm(60_000, 60_000)),
        Arguments.of("image/vnd.adobe.photoshop", Bombs.psd(30_000, 30_000)),
        Arguments.of("image/tiff", Bombs.tiff(60_000, 60_000)),
        Arguments.of("image/webp", Bombs.webp(30_000, 30_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void noFormatsClaimOfManyPixelsIsBelieved(String type, byte[] claim) throws IOException {
    assertTrue(claim.length < 300, () -> claim.length + " bytes");
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(claim, type));
  }

  static Stream<Arguments> claimsInside() throws IOException {
    return Stream.of(
        Arguments.of("image/vnd.microsoft.icon", Bombs.ico(30_000, 30_000)),
        Arguments.of("image/icns", Bombs.icns(30_000, 30_000)),
        Arguments.of("image/bmp", Bombs.bmpOf(Samples.png(30_000, 30_000, 0), 5)),
        Arguments.of("image/bmp", Bombs.bmpOf(Bombs.jpeg(30_000, 30_000), 4)),
        Arguments.of("image/webp", Bombs.webpOf(Bombs.lossyFrame(16_383, 16_383))),
        Arguments.of("image/webp", Bombs.webpOf(Bombs.losslessFrame(16_384, 16_384))));
  }

  /** What is inside has another size than the head of the file says. */
  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("claimsInside")
  void noClaimOfManyPixelsInsideAnImageIsBelieved(String type, byte[] claim) throws IOException {
    assertTrue(claim.length < 1_000, () -> claim.length + " bytes");
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(claim, type));
  }

  @Test
  void giantImagesAndDeepNestingInDocumentsAreNoOutage() throws IOException {
    assertInstanceOf(Outcome.class, ask(Bombs.imagePdf(), "application/pdf", 256, 1));
    assertInstanceOf(Outcome.class, ask(Bombs.nestedPdf(), "application/pdf", 256, 1));
  }

  @Test
  void aGiantFrameOfAGifIsRefused() throws IOException {
    byte[] gif = Samples.encoded(plain(BufferedImage.TYPE_BYTE_INDEXED), "gif");
    int frame = 0;
    while (gif[frame] != 0x2c || gif[frame + 1] != 0 || gif[frame + 5] != (byte) 0x90) {
      frame++;
    }
    for (int i = 5; i <= 8; i++) {
      gif[frame + i] = (byte) 0xff;
    }
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(gif, "image/gif"));
  }

  @Test
  void aLargeProgressiveJpegIsRefusedBecauseItIsHeldOutsideTheHeap() throws IOException {
    byte[] jpeg = Samples.jpeg(16, 16);
    int frame = 2;
    while ((jpeg[frame + 1] & 0xff) != 0xc0) {
      frame += 2 + ((jpeg[frame + 2] & 0xff) << 8 | jpeg[frame + 3] & 0xff);
    }
    jpeg[frame + 1] = (byte) 0xc2;
    jpeg[frame + 5] = 0x27;
    jpeg[frame + 7] = 0x27;
    assertEquals(Reason.TOO_MANY_PIXELS, refusal(jpeg, "image/jpeg"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/tiff",
        "application/pdf"
      })
  void whatIsNotWhatItSaysIsUnreadable(String type) throws IOException {
    assertEquals(Reason.UNREADABLE, refusal("no image at all".getBytes("US-ASCII"), type));
    assertEquals(Reason.UNREADABLE, refusal(new byte[0], type));
  }

  @Test
  void halfAPhotoIsNoOutage() throws IOException {
    byte[] jpeg = Samples.jpeg(800, 600);
    for (int length = 0; length < jpeg.length; length += jpeg.length / 37) {
      Outcome outcome = ask(java.util.Arrays.copyOf(jpeg, length), "image/jpeg", 128, 1);
      assertTrue(
          outcome instanceof Picture || outcome.equals(new Refused(Reason.UNREADABLE)),
          outcome::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/svg+xml", "image/heic", "audio/midi", "video/x-msvideo"})
  void whatNothingReadsIsUnsupported(String type) throws IOException {
    assertEquals(
        Reason.UNSUPPORTED, refusal("<svg onload='alert(1)'/>".getBytes("US-ASCII"), type));
  }

  @Test
  void aDocumentOfNestedObjectsIsNoOutage() throws IOException {
    assertInstanceOf(Outcome.class, ask(Pdfs.recursive(), "application/pdf", 256, 1));
    assertInstanceOf(Outcome.class, ask(Pdfs.selfDrawing(), "application/pdf", 256, 1));
  }

  @Test
  void aPageOfAnySizeFitsTheBox() throws IOException {
    BufferedImage large = image(picture(Pdfs.pages(1, 14_400, 10_800), "application/pdf", 256));
    assertEquals(256, large.getWidth());
    BufferedImage line = image(picture(Pdfs.pages(1, 14_400, 1), "application/pdf", 256));
    assertEquals(256, line.getWidth());
    assertEquals(Reason.UNREADABLE, refusal(Pdfs.pages(1, 1e9f, 1e9f), "application/pdf"));
  }

  @Test
  void manyPagesCostNoMoreThanOne() throws IOException {
    picture(Pdfs.pages(10_000, 300, 400), "application/pdf", 256);
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.write(folder.resolve("secret.jpg"), Samples.jpeg(40, 30));
    Path link = Files.createSymbolicLink(folder.resolve("link.jpg"), secret);
    assertEquals(
        new Refused(Reason.UNREADABLE),
        decoder.answer(
            new Request(Task.PICTURE, link.toString(), "image/jpeg", 64, 1, MANY_PIXELS)));
  }

  @Test
  void aPhotoTellsWhereWhenAndWithWhatItWasTaken() throws IOException {
    assertEquals(
        Map.of(
            Fact.WIDTH, "400",
            Fact.HEIGHT, "300",
            Fact.ORIENTATION, "6",
            Fact.MODEL, "Acme 3000",
            Fact.TAKEN, "2026-11-21T10:48:00",
            Fact.EXPOSURE, "1/125 s",
            Fact.LATITUDE, "-34.600000",
            Fact.LONGITUDE, "-58.366667"),
        facts(Samples.withExif(Samples.jpeg(400, 300), 6), "image/jpeg"));
  }

  @Test
  void musicTellsWhatItIs() throws IOException {
    byte[] cover = Samples.jpeg(40, 30);
    assertEquals("Canción", facts(Samples.mp3(cover, "Canción"), "audio/mpeg").get(Fact.TITLE));
    assertEquals(
        Map.of(Fact.TITLE, "Canción", Fact.DURATION, "3000"),
        facts(Samples.flac(cover, "Canción"), "audio/x-flac"));
    assertEquals(
        Map.of(
            Fact.TITLE, "Canción", Fact.DURATION, "90000", Fact.WIDTH, "320", Fact.HEIGHT, "240"),
        facts(Samples.mp4(cover, "Canción"), "audio/mp4"));
  }

  @Test
  void aDocumentTellsItsTitleWithoutWhatTurnsTextAround() throws IOException {
    Map<Fact, String> facts = facts(Pdfs.pages(3, 300, 400), "application/pdf");
    assertEquals("3", facts.get(Fact.PAGES));
    assertEquals("Informe anual", facts.get(Fact.TITLE));
  }

  @Test
  void theFileIsNotChanged() throws IOException {
    byte[] jpeg = Samples.jpeg(400, 300);
    picture(jpeg, "image/jpeg", 128);
    assertArrayEquals(jpeg, Files.readAllBytes(file));
  }
}
