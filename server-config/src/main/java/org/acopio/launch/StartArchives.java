package org.acopio.launch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the two class data archives (AppCDS) that roughly halve the time to start: a server and an
 * agent run once as a rehearsal, and the JVM writes down which classes they loaded. An archive fits
 * one JVM build and one place of the distribution; anywhere else the JVM ignores it in silence.
 */
final class StartArchives {
  /** Set in the rehearsing server: it stops by itself once it was ready. */
  static final String REHEARSAL = "org.acopio.launch.rehearsal";

  private final Distribution distribution;
  private final PrintStream out;

  StartArchives(Distribution distribution, PrintStream out) {
    this.distribution = distribution;
    this.out = out;
  }

  void make() {
    try {
      Path scratch = Files.createTempDirectory("acopio-prepare");
      try {
        server(scratch);
        agent(scratch);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new StartException(
          "The archives cannot be written: "
              + e
              + "; run this as the owner of "
              + distribution.home()
              + ".",
          e);
    }
  }

  private void server(Path scratch) throws IOException {
    Path jar = distribution.launcherJar();
    rehearse(
        distribution.server().resolve("acopio-server.jsa"),
        distribution.server().resolve("jvm.options"),
        List.of("-D" + REHEARSAL + "=true", "-jar", jar.toString()),
        List.of(
            "--data",
            scratch.resolve("data").toString(),
            "-Dacopio.http.port=0",
            "-Dacopio.rmi.port=0"),
        scratch);
  }

  private void agent(Path scratch) throws IOException {
    String classPath;
    try (Stream<Path> jars = Files.list(distribution.agent())) {
      classPath =
          jars.map(Path::toString)
              .filter(jar -> jar.endsWith(".jar"))
              .sorted()
              .collect(Collectors.joining(File.pathSeparator));
    }
    rehearse(
        distribution.agent().resolve("acopio.jsa"),
        distribution.agent().resolve("jvm.options"),
        List.of("-cp", classPath, "org.acopio.client.command.Acopio"),
        List.of("--help"),
        scratch);
  }

  /**
   * Runs a program so that it leaves an archive, which replaces the one before when it is whole.
   */
  private void rehearse(
      Path archive, Path options, List<String> program, List<String> words, Path scratch)
      throws IOException {
    Path made = scratch.resolve(archive.getFileName());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + options);
    command.add("-XX:ArchiveClassesAtExit=" + made);
    command.addAll(program);
    command.addAll(words);
    Path log = scratch.resolve(archive.getFileName() + ".log");
    int code = run(command, log);
    if (!Files.isRegularFile(made)) {
      throw new StartException(
          "No archive for "
              + archive.getFileName()
              + ": the rehearsal ended with code "
              + code
              + ": "
              + lastLine(log));
    }
    Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    out.println("Made " + archive + " (" + Files.size(archive) / (1 << 20) + " MiB)");
  }

  private static int run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while making the archives", e);
    }
  }

  private static String lastLine(Path log) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      return lines.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(StartArchives::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
