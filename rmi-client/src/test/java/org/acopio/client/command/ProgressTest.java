package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.send.FileResult;
import org.acopio.client.send.FileResult.Outcome;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.Test;

/** The line that a person sees while files are on their way: how far, how fast, how long still. */
class ProgressTest {
  private static final long SIZE = 2_500_000;

  /** Four files of 2.5 MB each. */
  private static Progress progress(Cli cli) {
    Terminal terminal = cli.terminal();
    return new Progress(terminal, new Units(terminal.messages()), 4, 4 * SIZE);
  }

  private static MediaFile file(String name) {
    Path path = Path.of("/home", name);
    FileStamp stamp = new FileStamp(SIZE, Instant.EPOCH, 1, Instant.EPOCH);
    byte[] wire = path.toString().getBytes(StandardCharsets.UTF_8);
    return new MediaFile(
        path.getParent(), path, wire, stamp, "image/jpeg", MediaKind.IMAGE, Optional.empty());
  }

  private static FileResult result(String name, Outcome outcome) {
    return new FileResult(
        file(name), outcome, Optional.empty(), Optional.empty(), 0, Optional.empty());
  }

  private static String after(long seconds, Progress progress) {
    return progress.line(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void bytesFilesSpeedAndRemainingTimeAreTold() {
    Progress progress = progress(new Cli());
    assertEquals("0 %  0 B of 10.0 MB  0 of 4 files  0 B/s  ? left", after(1, progress));
    progress.started(file("a.jpg"));
    progress.acknowledged(SIZE / 2);
    progress.acknowledged(SIZE / 2);
    assertEquals(
        "25 %  2.50 MB of 10.0 MB  0 of 4 files  1.25 MB/s  7.00 s left", after(2, progress));
    progress.finished(result("a.jpg", Outcome.STORED));
    assertEquals(
        "25 %  2.50 MB of 10.0 MB  1 of 4 files  25.0 kB/s  05:01 left", after(100, progress));
  }

  @Test
  void spanishHasItsWordsAndItsComma() {
    Progress progress = progress(new Cli().spanish());
    progress.acknowledged(SIZE);
    assertEquals(
        "25 %  2,50 MB de 10,0 MB  0 de 4 archivos  1,25 MB/s  faltan 7,00 s", after(2, progress));
  }

  /** What the server had is done, and says nothing of the speed. */
  @Test
  void whatNeedNotBeSentCountsAsDone() {
    Progress progress = progress(new Cli());
    progress.finished(result("had.jpg", Outcome.HAVE));
    progress.started(file("a.jpg"));
    progress.acknowledged(SIZE);
    assertEquals(
        "50 %  5.00 MB of 10.0 MB  1 of 4 files  1.25 MB/s  5.00 s left", after(2, progress));
  }

  @Test
  void repeatsAndFilesThatGrewAreNeverMoreThanAll() {
    Progress progress = progress(new Cli());
    progress.acknowledged(5 * SIZE);
    assertEquals(
        "100 %  10.0 MB of 10.0 MB  0 of 4 files  6.25 MB/s  1.00 s left", after(2, progress));
  }
}
