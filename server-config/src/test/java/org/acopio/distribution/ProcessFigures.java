package org.acopio.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Threads, descriptors and memory of a process, as Linux counts them in {@code /proc}. */
record ProcessFigures(long threads, long descriptors) {
  private static final long KIBIBYTE = 1_024;

  static boolean areKnown() {
    return Files.isDirectory(Path.of("/proc/self/task"));
  }

  static ProcessFigures of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    return new ProcessFigures(count(process.resolve("task")), count(process.resolve("fd")));
  }

  /** The most memory that it ever had, in bytes; 0 when it has ended. */
  static long peakMemory(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
