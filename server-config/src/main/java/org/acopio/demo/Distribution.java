package org.acopio.demo;

import java.nio.file.Path;

/** The start scripts of the distribution that this build made. */
record Distribution(Path home) {

  Path server() {
    return script("acopio-server");
  }

  Path agent() {
    return script("acopio");
  }

  private Path script(String name) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return home.resolve("bin").resolve(windows ? name + ".cmd" : name);
  }
}
