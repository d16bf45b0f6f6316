package org.acopio.thumbnail;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a worker is started: with the Java of this process, and with a class path that has this
 * module and the decoders. In a web application the decoders lie in {@code WEB-INF/worker}, beside
 * the {@code WEB-INF/lib} of this module, where no class loader of the server sees them; elsewhere
 * they are on the class path of this process.
 *
 * @param words program and arguments
 */
record WorkerCommand(List<String> words) {
  static final String MAIN = "org.acopio.thumbnail.worker.Worker";
  static final int HEAP_MEBIBYTES = 192;

  /** What a child needs to name files as its parent does, and on Windows to run at all. */
  private static final List<String> ENVIRONMENT =
      List.of("LC_ALL", "LC_CTYPE", "LANG", "TZ", "SystemRoot", "TEMP", "TMP", "TMPDIR");

  private static final List<String> OPTIONS =
      List.of(
          "-Xmx" + HEAP_MEBIBYTES + "m",
          "-Xms16m",
          "-XX:MaxMetaspaceSize=128m",
          "-XX:MaxDirectMemorySize=32m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "-XX:-CreateCoredumpOnCrash",
          "-Xshare:auto",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8");

  /**
   * Of the worker of this module.
   *
   * @throws IOException when the container keeps this module in no file
   */
  static WorkerCommand find() throws IOException {
    return of(MAIN, classPath());
  }

  static WorkerCommand of(String main, String classPath) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.addAll(List.of("-cp", classPath, main));
    return new WorkerCommand(List.copyOf(words));
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private static String classPath() throws IOException {
    Path own = own();
    Path decoders = own.resolveSibling("..").resolve("worker").normalize();
    if (!Files.isDirectory(decoders)) {
      return System.getProperty("java.class.path");
    }
    try (Stream<Path> jars = Files.list(decoders)) {
      List<String> all = new ArrayList<>(List.of(own.toString()));
      jars.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().forEach(all::add);
      return String.join(File.pathSeparator, all);
    }
  }

  private static Path own() throws IOException {
    CodeSource source = WorkerCommand.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IOException("the container does not say where it keeps this application");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | RuntimeException e) {
      throw new IOException(source.getLocation() + " is no file that a process can be given", e);
    }
  }
}
