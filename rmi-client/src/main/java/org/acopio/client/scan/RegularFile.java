package org.acopio.client.scan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
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

  /** On a thread that the JDK has for such things, which must not wait for a disk. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

  private RegularFile() {}

  /**
   * Opens for reading.
   *
   * @throws NotRegularFileException when a pipe is there
   */
  public static FileChannel open(Path path) throws IOException {
    FileChannel channel;
    Opening opening = new Opening(path);
    LATER.execute(opening);
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } finally {
      opening.over = true;
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

  /** An opening that may take long. */
  private static final class Opening implements Runnable {
    private final Path path;
    private volatile boolean over;

    Opening(Path path) {
      this.path = path;
    }

    @Override
    public void run() {
      if (!over) {
        ForkJoinPool.commonPool().execute(this::look);
      }
    }

    private void look() {
      releaseFromPipe(path);
      LATER.execute(this);
    }
  }
}
