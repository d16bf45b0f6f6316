package org.acopio.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The Python that programs in other languages are tried with. */
final class Python {
  private Python() {}

  /**
   * Skips the test, with a line that says what was not tried, where there is no python3 of version
   * 3.8 or newer with TLS.
   *
   * @param untried "the old clients"
   */
  static void need(String untried) throws InterruptedException {
    boolean there;
    try {
      String old = "import ssl, sys; sys.exit(sys.version_info < (3, 8))";
      there = new ProcessBuilder("python3", "-c", old).start().waitFor() == 0;
    } catch (IOException absent) {
      there = false;
    }
    assumeTrue(
        there,
        "SKIPPED: no python3 (3.8 or newer, with TLS) is on the PATH: not tried: " + untried);
  }
}
