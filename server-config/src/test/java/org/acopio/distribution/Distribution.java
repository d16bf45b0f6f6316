package org.acopio.distribution;

import java.nio.file.Path;

/** Where the build under test put the distribution. */
final class Distribution {
  private static final Path HOME = Path.of("target", "acopio").toAbsolutePath();

  private Distribution() {}

  static Path home() {
    return HOME;
  }

  /** The {@code java} that runs the tests. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The start script of this name, for the operating system at hand. */
  static Path script(String name) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return HOME.resolve("bin").resolve(windows ? name + ".cmd" : name);
  }
}
