package org.acopio.distribution;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What only root may do, and not in every container: mount a disk, make a network. Without it tests
 * are skipped with a word why; with {@code -Dacopio.root=required} they fail with it.
 */
final class Root {
  private static final String REQUIRED = "required";

  private Root() {}

  /** Goes on when this worked. */
  static void needed(boolean worked, String otherwise) {
    if (REQUIRED.equals(System.getProperty("acopio.root"))) {
      Assertions.assertTrue(
          worked,
          () ->
              otherwise
                  + ". -Dacopio.root=required, which .ci/run sets for root, makes this a failure;"
                  + " -Dacopio.root=optional skips the test");
    }
    Assumptions.assumeTrue(worked, otherwise);
  }

  /** Whether a command did what it was to do; one that is not there did not. */
  static boolean ran(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** What root made. */
  static <T> T made(Optional<T> made, String otherwise) {
    needed(made.isPresent(), otherwise);
    return made.orElseThrow();
  }
}
