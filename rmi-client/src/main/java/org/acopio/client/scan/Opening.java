package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An opening that may take long, because Java cannot open without waiting: at a pipe the system
 * lets it wait for a writer. When it does, another thread looks what is there, and is that writer
 * for a moment if it is a pipe. This fails only at a pipe that this user may read and not write.
 */
final class Opening implements Runnable {
  private static final long LOOK_MILLIS = 200;

  /** On a thread that the JDK has for such things, which must not wait for a disk. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

  private static final Set<OpenOption> BOTH_ENDS =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final @Nullable SecureDirectoryStream<Path> folder;
  private final Path path;
  private volatile boolean over;

  private Opening(@Nullable SecureDirectoryStream<Path> folder, Path path) {
    this.folder = folder;
    this.path = path;
    LATER.execute(this);
  }

  /** Begins now and lasts until its {@link #end}. */
  static Opening of(Path path) {
    return new Opening(null, path);
  }

  /** The same, of the name in a folder that is open, whatever its path leads to. */
  static Opening of(SecureDirectoryStream<Path> folder, Path path) {
    return new Opening(folder, path);
  }

  @Override
  public void run() {
    if (!over) {
      ForkJoinPool.commonPool().execute(this::look);
    }
  }

  private void look() {
    if (!over) {
      releaseFromPipe();
      LATER.execute(this);
    }
  }

  /** Opening both ends waits for nobody, and whoever waits for a writer is not alone any more. */
  private void releaseFromPipe() {
    try {
      if (mayBePipe()) {
        (folder == null
                ? Files.newByteChannel(path, BOTH_ENDS)
                : folder.newByteChannel(path.getFileName(), BOTH_ENDS))
            .close();
      }
    } catch (IOException e) {
      // It is gone, or not ours: the next look tries again.
    }
  }

  /** Neither file, directory nor link: of the rest only a pipe lets an opening wait for long. */
  private boolean mayBePipe() throws IOException {
    BasicFileAttributeView view =
        folder == null
            ? Files.getFileAttributeView(
                path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            : folder.getFileAttributeView(
                path.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view.readAttributes().isOther();
  }

  void end() {
    over = true;
  }
}
