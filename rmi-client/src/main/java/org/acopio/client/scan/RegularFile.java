package org.acopio.client.scan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Opens files that were regular when they were looked at. Between that look and the opening
 * somebody can put something else in their place: a link is not followed, and a pipe, at which the
 * system would let the opening wait for a writer, is not waited for.
 *
 * <p>Java cannot open without waiting. So an opening that takes long is looked at by another
 * thread, which becomes that writer for a moment if it is a pipe. This fails only at a pipe that
 * this user may read and not write; whoever can put one among a user's files is its owner or the
 * user.
 */
public final class RegularFile {
  private static final long LOOK_MILLIS = 200;
  private static final int TYPE_BITS = 0170000;
  private static final int PIPE_BITS = 0010000;

  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private RegularFile() {}

  /**
   * Opens for reading.
   *
   * @throws NotRegularFileException when a pipe is there
   */
  public static FileChannel open(Path path) throws IOException {
    FileChannel channel;
    ScheduledFuture<?> look =
        WATCH.scheduleWithFixedDelay(
            () -> releaseFromPipe(path), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } finally {
      look.cancel(false);
    }
    try {
      // Asks the open file itself: a pipe has no position, whatever stands under its name by now.
      channel.position();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new NotRegularFileException(path);
    }
  }

  /** Opening both ends waits for nobody, and whoever waits for a writer is not alone any more. */
  private static void releaseFromPipe(Path path) {
    try {
      if (isPipe(path)) {
        FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
            .close();
      }
    } catch (IOException e) {
      // It is gone, or not ours: the next look tries again.
    }
  }

  private static boolean isPipe(Path path) throws IOException {
    return FileStatus.unixViewOf(path)
        && ((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_BITS)
            == PIPE_BITS;
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "acopio-open-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    watch.setKeepAliveTime(1, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    return watch;
  }
}
