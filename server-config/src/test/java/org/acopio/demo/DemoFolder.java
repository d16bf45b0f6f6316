package org.acopio.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The demonstration's files, for tests of other packages. */
public final class DemoFolder {
  private DemoFolder() {}

  /** Makes the files below a folder that must not exist, and returns those that are media. */
  public static List<Path> make(Path folder) throws IOException {
    return DemoMedia.make(folder).media();
  }
}
