package org.acopio.thumbnail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.worker.Bombs;
import org.acopio.thumbnail.worker.Samples;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real worker processes, some of which do what they should not. */
class ThumbnailsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String MOODY = "org.acopio.thumbnail.worker.MoodyWorker";

  @TempDir Path folder;
  private final List<WorkerProcess> started = new CopyOnWriteArrayList<>();
  private final List<Thumbnails> opened = new ArrayList<>();
  private int files;

  @AfterEach
  void noWorkerStays() {
    opened.forEach(Thumbnails::close);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> started.stream().noneMatch(WorkerProcess::isAlive));
  }

  private Thumbnails thumbnails(int workers, Duration deadline, Duration idle) {
    return thumbnails(
        new ThumbnailSettings(folder.resolve("cache"), 1 << 30, workers, deadline, 250_000_000),
        idle,
        MOODY);
  }

  private Thumbnails thumbnails(ThumbnailSettings settings, Duration idle, String main) {
    WorkerCommand command = WorkerCommand.of(main, System.getProperty("java.class.path"));
    Thumbnails thumbnails =
        new Thumbnails(
            settings,
            () -> {
              WorkerProcess worker = new WorkerProcess(command);
              started.add(worker);
              return worker;
            },
            idle,
            Clock.systemUTC());
    opened.add(thumbnails);
    return thumbnails;
  }

  private Source file(byte[] content, String type) throws Exception {
    Path file = Files.write(folder.resolve("f" + files++), content);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return new Source(file, digest, type);
  }

  private Source bad(String type) throws Exception {
    return file(type.getBytes("US-ASCII"), type);
  }

  @Test
  void noProcessRunsUntilAPictureIsWanted() throws Exception {
    Thumbnails thumbnails = thumbnails(2, LONG, LONG);
    assertEquals(0, started.size());
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
    assertEquals(1, started.size());
  }

  @Test
  void aPictureThatWasMadeOnceIsNotMadeAgain() throws Exception {
    Source photo = file(Samples.jpeg(300, 200), "image/jpeg");
    Picture first;
    try (Thumbnails thumbnails = thumbnails(1, LONG, LONG)) {
      first = (Picture) thumbnails.picture(photo, 256, 1);
    }
    Picture again = (Picture) thumbnails(1, LONG, LONG).picture(photo, 200, 1);
    assertArrayEquals(first.bytes(), again.bytes());
    assertEquals(300, again.width());
    assertEquals(1, started.size());
  }

  @Test
  void detailsComeFromTheWorkerToo() throws Exception {
    Details details =
        assertInstanceOf(
            Details.class,
            thumbnails(1, LONG, LONG).details(file(Samples.jpeg(300, 200), "image/jpeg")));
    assertEquals("300", details.facts().get(Fact.WIDTH));
  }

  @Test
  void aFileThatTakesTooLongEndsItsWorkerOnly() throws Exception {
    Thumbnails thumbnails = thumbnails(1, Duration.ofSeconds(2), LONG);
    Source hanging = bad("test/hang");
    assertEquals(new Refused(Reason.TOO_SLOW), thumbnails.picture(hanging, 256, 1));
    assertEquals(1, started.size());
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
    assertEquals(2, started.size());
    assertEquals(new Refused(Reason.TOO_SLOW), thumbnails.picture(hanging, 256, 1));
    assertEquals(2, started.size());
  }

  @Test
  void aFileThatTakesAllMemoryEndsItsWorkerOnly() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    assertEquals(
        new Refused(Reason.TOO_MUCH_MEMORY), thumbnails.picture(bad("test/memory"), 256, 1));
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
  }

  @Test
  void pixelsThatUnpackToMoreThanTheHeapEndTheWorkerOnly() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    byte[] bomb = Samples.png(240_000_000, 1, 240_000_000);
    assertTrue(bomb.length < 300_000, () -> bomb.length + " bytes");
    assertEquals(
        new Refused(Reason.TOO_MUCH_MEMORY), thumbnails.picture(file(bomb, "image/png"), 256, 1));
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
  }

  /** Content of a page: nothing but blanks, or states that are kept and never left. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "q "})
  void aPageThatUnpacksToAGibibyteEndsItsWorkerAtMost(String words) throws Exception {
    Thumbnails thumbnails = thumbnails(1, Duration.ofSeconds(5), LONG);
    byte[] bomb = Bombs.longPdf(words, 1 << 30);
    assertTrue(bomb.length < 2_000_000, () -> bomb.length + " bytes");
    Source page = file(bomb, "application/pdf");
    Reason reason = assertInstanceOf(Refused.class, thumbnails.picture(page, 256, 1)).reason();
    assertTrue(Set.of(Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY).contains(reason), reason::toString);
    Source photo = file(Samples.jpeg(300, 200), "image/jpeg");
    assertInstanceOf(Picture.class, thumbnails.picture(photo, 256, 1));
    assertEquals(2, started.size());
    assertEquals(new Refused(reason), thumbnails.picture(page, 256, 1));
    assertEquals(2, started.size());
  }

  @Test
  void aDecoderThatCrashesEndsItsWorkerOnly() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    assertEquals(new Refused(Reason.CRASHED), thumbnails.picture(bad("test/exit"), 256, 1));
    assertTrue(started.get(0).said().endsWith("a native decoder fell over"), started.get(0)::said);
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
  }

  @Test
  void whatALibraryPrintsDoesNotComeBetweenTheAnswers() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    assertEquals(new Refused(Reason.UNSUPPORTED), thumbnails.picture(bad("test/chatter"), 256, 1));
    assertTrue(started.get(0).isAlive());
  }

  @Test
  void aRefusalLeavesTheWorkerForTheNextFile() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    Source claim = file(Samples.png(30_000, 30_000, 0), "image/png");
    assertEquals(new Refused(Reason.TOO_MANY_PIXELS), thumbnails.picture(claim, 256, 1));
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
    assertEquals(1, started.size());
  }

  @Test
  void manyWhoWantTheSamePictureWaitForOne() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    Source photo = file(Samples.jpeg(3_000, 2_000), "image/jpeg");
    List<Future<Outcome>> all = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(80);
    try {
      for (int i = 0; i < 80; i++) {
        all.add(callers.submit(() -> thumbnails.picture(photo, 256, 1)));
      }
      // More than the queue holds, so some would be refused if each were made for itself.
      for (Future<Outcome> one : all) {
        assertInstanceOf(Picture.class, one.get());
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void whenTooManyWaitTheNextIsToldToComeLater() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, LONG);
    ExecutorService callers = Executors.newCachedThreadPool();
    try {
      List<Future<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < Workers.QUEUE + 2; i++) {
        Source hanging = file(new byte[] {(byte) i}, "test/hang");
        all.add(callers.submit(() -> thumbnails.picture(hanging, 256, 1)));
      }
      Awaitility.await().until(() -> all.stream().filter(Future::isDone).count() == 1);
      for (Future<Outcome> one : all) {
        if (one.isDone()) {
          assertEquals(new Refused(Reason.BUSY), one.get());
        }
      }
      thumbnails.close();
      for (Future<Outcome> one : all) {
        assertInstanceOf(Refused.class, one.get());
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void aWorkerWithoutWorkEnds() throws Exception {
    Thumbnails thumbnails = thumbnails(1, LONG, Duration.ofMillis(200));
    thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> started.stream().noneMatch(WorkerProcess::isAlive));
    assertInstanceOf(
        Picture.class, thumbnails.picture(file(Samples.jpeg(301, 200), "image/jpeg"), 256, 1));
  }

  @Test
  void aWorkerInTheMiddleOfAFileEndsWithItsServer() throws Exception {
    WorkerCommand command = WorkerCommand.of(MOODY, System.getProperty("java.class.path"));
    Process process = command.start();
    Frames.write(
        new Request(Request.Task.PICTURE, "none", "test/hang", 1, 1, 1), process.getOutputStream());
    process.getOutputStream().close();
    assertEquals(0, process.waitFor());
  }

  @Test
  void workersThatCannotStartAreNoOutage() throws Exception {
    Thumbnails thumbnails =
        new Thumbnails(
            new ThumbnailSettings(folder.resolve("cache"), 0, 1, LONG, 1),
            () -> {
              throw new IOException("no such program");
            },
            LONG,
            Clock.systemUTC());
    opened.add(thumbnails);
    Source photo = file(Samples.jpeg(30, 20), "image/jpeg");
    assertEquals(new Refused(Reason.FAILED), thumbnails.picture(photo, 256, 1));
    assertEquals(new Refused(Reason.FAILED), thumbnails.picture(photo, 256, 1));
  }

  @Test
  void withoutWorkersThereAreNoPictures() throws Exception {
    Thumbnails thumbnails =
        thumbnails(new ThumbnailSettings(folder.resolve("cache"), 0, 0, LONG, 1), LONG, MOODY);
    assertEquals(
        new Refused(Reason.OFF),
        thumbnails.picture(file(Samples.jpeg(30, 20), "image/jpeg"), 256, 1));
  }

  @Test
  void theRealWorkerIsFound() throws Exception {
    try (Thumbnails thumbnails =
        new Thumbnails(
            new ThumbnailSettings(folder.resolve("cache"), 1 << 20, 1, LONG, 250_000_000))) {
      assertInstanceOf(
          Picture.class, thumbnails.picture(file(Samples.jpeg(300, 200), "image/jpeg"), 256, 1));
    }
  }
}
