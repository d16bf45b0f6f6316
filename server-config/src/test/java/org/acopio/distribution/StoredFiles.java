package org.acopio.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What stands under its final name in a store, of agents on this machine. */
final class StoredFiles {
  private static final int DEPTH = 50;

  private StoredFiles() {}

  /** Returns once there are so many. */
  static void await(Path store, long files) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> count(store) >= files);
  }

  static long count(Path store) {
    Path folder = store.resolve("127.0.0.1");
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files =
        Files.find(folder, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
