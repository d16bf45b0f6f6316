package org.acopio.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process of its own for code that is to die, or to hold something. */
public final class ChildJvm {
  private ChildJvm() {}

  /** One with this class path that is quick to start; where it prints to is the caller's. */
  public static ProcessBuilder of(Class<?> main, Object... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    Arrays.stream(words).map(String::valueOf).forEach(command::add);
    return new ProcessBuilder(command);
  }
}
