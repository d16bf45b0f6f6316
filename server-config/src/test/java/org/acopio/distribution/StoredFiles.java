package org.acopio.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What stands under its final name in a store, of agents on this machine. */
final class StoredFiles {
  private StoredFiles() {}

  /** Returns once there are so many. */
  static void await(Path store, long files) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> count(store) >= files);
  }

  /** Names may come and go meanwhile. */
  static long count(Path store) {
    Path folder = store.resolve("127.0.0.1");
    if (!Files.exists(folder)) {
      return 0;
    }
    Counting counting = new Counting();
    try {
      Files.walkFileTree(folder, counting);
      return counting.files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends SimpleFileVisitor<Path> {
    private long files;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files += attributes.isRegularFile() ? 1 : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (!(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
