package org.acopio.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Threads and descriptors of a process, as Linux counts them in {@code /proc}. */
record ProcessFigures(long threads, long descriptors) {
  static boolean areKnown() {
    return Files.isDirectory(Path.of("/proc/self/task"));
  }

  static ProcessFigures of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    return new ProcessFigures(count(process.resolve("task")), count(process.resolve("fd")));
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
