package org.acopio.distribution;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The demonstration, as the profile {@code demo} starts it. Closing ends it and its server. */
final class DemoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Output output;

  private DemoProcess(Process process) {
    this.process = process;
    this.output = new Output(process);
  }

  /** On media files that it makes; it works below a folder. */
  static DemoProcess start(Path folder) throws IOException {
    return start(folder, "");
  }

  /** On files of one's own: in the folder of this name, from where it works when it is relative. */
  static DemoProcess start(Path folder, String from) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Distribution.java().toString(),
                "-Duser.language=en",
                "-Djava.awt.headless=true",
                "-classpath",
                System.getProperty("java.class.path"),
                "org.acopio.demo.Demo",
                Distribution.home().toString(),
                folder.resolve("demo").toString(),
                from));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return new DemoProcess(builder.start());
  }

  Output output() {
    return output;
  }

  /** The link that it prints when everything was collected. */
  URI awaitLink() throws InterruptedException {
    Optional<String> link = output.await(line -> line.contains("/login?ticket="), PATIENCE);
    return URI.create(
        link.orElseThrow(() -> new IllegalStateException("No link:\n" + output)).strip());
  }

  /** Lets it go on to its end, and returns its exit code. */
  int pressEnter() throws IOException, InterruptedException {
    try (Writer keyboard = process.outputWriter(StandardCharsets.UTF_8)) {
      keyboard.write("\n");
    }
    return awaitEnd();
  }

  /** Its exit code, when it ends by itself. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The demonstration does not end:\n" + output);
    }
    output.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
