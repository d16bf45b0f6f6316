package org.acopio.thumbnail.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;
import javax.imageio.ImageIO;
import org.acopio.thumbnail.Fact;
import org.acopio.thumbnail.Frames;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;
import org.acopio.thumbnail.Request.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a collected file is: a picture that fits, or a reason that lies in the file. */
class DecoderFuzzTest {
  private static final int BOX = 48;
  private static final long MAX_PIXELS = 1 << 18;

  /** Less than the heap of a worker; a palette that nobody needs can take 64 MiB of it. */
  private static final long MOST_ALLOCATED_BYTES = 128L << 20;

  /** Never that this Java cannot draw, or that a worker has crashed. */
  private static final Set<Reason> OF_A_FILE =
      EnumSet.of(
          Reason.UNREADABLE,
          Reason.UNSUPPORTED,
          Reason.TOO_MANY_PIXELS,
          Reason.TOO_MUCH_MEMORY,
          Reason.NO_SUCH_PAGE);

  private static final String PDF = "application/pdf";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final PrintStream ERROR = System.err;

  private static Decoder decoder;
  private static Path file;

  /** As in the worker, where nobody asserts; and nothing is said of each file. */
  @BeforeAll
  static void prepare() throws IOException {
    ClassLoader loader = DecoderFuzzTest.class.getClassLoader();
    for (String decoders : List.of("com.drew", "com.twelvemonkeys", "org.apache")) {
      loader.setPackageAssertionStatus(decoders, false);
    }
    LogManager.getLogManager().reset();
    ImageIO.setUseCache(false);
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    decoder = new Decoder();
    file = Files.createTempFile("acopio-fuzz", ".bin");
    load("image/png", Samples.WEBP);
    load("image/jpeg", Samples.jpeg(9, 9));
    load(PDF, Pdfs.pages(1, 9, 9));
  }

  /** Decoders have many classes: the first input is not to answer for the time that these take. */
  private static void load(String mediaType, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    decoder.answer(picture(mediaType, 1));
    decoder.answer(new Request(Task.DETAILS, file.toString(), mediaType, 1, 1, MAX_PIXELS));
  }

  @AfterAll
  static void deleteFile() throws IOException {
    System.setErr(ERROR);
    Files.delete(file);
  }

  /** PNG, GIF, BMP, WBMP, WebP, Photoshop, portable maps, Targa. */
  @FuzzTest
  void image(byte[] bytes) throws IOException {
    Request request = picture("image/bmp", 1);
    if (isIcon(bytes)) {
      withinTheHeap(bytes, request);
    } else {
      bounded(bytes, request);
    }
  }

  /** The reader of icons takes memory for palettes that it never fills. */
  private static boolean isIcon(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 0 && bytes[1] == 0 && bytes[3] == 0;
  }

  @FuzzTest
  void icon(byte[] bytes) throws IOException {
    withinTheHeap(bytes, picture("image/x-icon", 1));
  }

  @FuzzTest
  void cover(byte[] bytes) throws IOException {
    for (String type : List.of("audio/mpeg", "audio/x-flac", "audio/mp4")) {
      withinTheHeap(bytes, picture(type, 1));
    }
  }

  @FuzzTest
  void jpeg(byte[] bytes) throws IOException {
    withinTheHeap(bytes, picture("image/jpeg", 1));
  }

  @FuzzTest
  void tiff(byte[] bytes) throws IOException {
    withinTheHeap(bytes, picture("image/tiff", 1));
    withinTheHeap(bytes, picture("image/tiff", 2));
  }

  /** What is searched for a preview. */
  @FuzzTest
  void rawFileOfACamera(byte[] bytes) throws IOException {
    withinTheHeap(bytes, picture("image/x-canon-cr2", 1));
  }

  @FuzzTest
  void document(byte[] bytes) throws IOException {
    withinTheHeap(bytes, picture(PDF, 1));
    withinTheHeap(bytes, picture(PDF, 2));
  }

  /** Exif and the rest of what images say, and what documents say. */
  @FuzzTest
  void details(byte[] bytes) throws IOException {
    for (String type : List.of("image/jpeg", "image/heic", PDF)) {
      withinTheHeap(bytes, new Request(Task.DETAILS, file.toString(), type, 1, 1, MAX_PIXELS));
    }
  }

  private static Request picture(String mediaType, int page) {
    return new Request(Task.PICTURE, file.toString(), mediaType, BOX, page, MAX_PIXELS);
  }

  /** What is read by readers that know how much there is before they take memory for it. */
  private static void bounded(byte[] bytes, Request request) throws IOException {
    Files.write(file, bytes);
    long allocated = allocatedBy(request);
    if (allocated >= MOST_ALLOCATED_BYTES) {
      // Classes that were loaded, and instrumented, for it count only once.
      allocated = allocatedBy(request);
    }
    long most = allocated;
    assertTrue(most < MOST_ALLOCATED_BYTES, () -> most + " bytes");
  }

  private static long allocatedBy(Request request) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Outcome outcome = decoder.answer(request);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    check(outcome, request);
    return allocated;
  }

  /** Pages, and what a file says, may unpack to more than any heap: that ends a worker. */
  private static void withinTheHeap(byte[] bytes, Request request) throws IOException {
    Files.write(file, bytes);
    Outcome outcome;
    try {
      outcome = decoder.answer(request);
    } catch (OutOfMemoryError e) {
      outcome = new Refused(Reason.TOO_MUCH_MEMORY);
    }
    check(outcome, request);
  }

  private static void check(Outcome outcome, Request request) throws IOException {
    if (outcome instanceof Refused refused) {
      assertTrue(OF_A_FILE.contains(refused.reason()), outcome::toString);
    } else if (outcome instanceof Picture picture) {
      assertEquals(Task.PICTURE, request.task());
      assertTrue(picture.width() > 0 && picture.height() > 0, outcome::toString);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
      assertNotNull(image, "what was made can be shown");
      assertTrue(Math.max(image.getWidth(), image.getHeight()) <= BOX, "it fits");
    } else if (outcome instanceof Details details) {
      assertEquals(Task.DETAILS, request.task());
      for (Fact count : List.of(Fact.WIDTH, Fact.HEIGHT, Fact.PAGES)) {
        String said = details.facts().getOrDefault(count, "0");
        assertTrue(Long.parseLong(said) >= 0, () -> count + " " + said);
      }
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Frames.write(outcome, sent);
    Outcome received = Frames.readOutcome(new ByteArrayInputStream(sent.toByteArray()));
    assertEquals(outcome.getClass(), received.getClass(), "the server can read it");
  }
}
