package org.acopio.launch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the two class data archives (AppCDS) that let server and agent start in about half the
 * time: both rehearse a small collection, and their JVMs write down which classes they loaded. An
 * archive fits one JVM build and one place of the distribution; anywhere else the JVM ignores it in
 * silence.
 */
final class StartArchives {
  /** Set in the rehearsing server: it stops by itself when its standard input ends. */
  static final String REHEARSAL = "org.acopio.launch.rehearsal";

  private static final Pattern READY =
      Pattern.compile("Acopio ready .*: (?<http>http://\\S+) · rmi://(?<rmi>[^/]+)/ .*");

  /** The first start shows one, by which a PC joins. */
  private static final Pattern CODE = Pattern.compile("(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}");

  /** A picture of one pixel, so that the agent has something to recognise and to send. */
  private static final byte[] PICTURE =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

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
        rehearse(scratch);
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

  private void rehearse(Path scratch) throws IOException {
    Path serverArchive = scratch.resolve("acopio-server.jsa");
    Path agentArchive = scratch.resolve("acopio.jsa");
    Process server =
        new ProcessBuilder(serverCommand(serverArchive, scratch)).redirectErrorStream(true).start();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      Ready ready = awaitReady(lines);
      visit(ready.http());
      int code = collect(agentArchive, ready, scratch);
      keep(agentArchive, distribution.agent(), "the agent ended with code " + code);
      server.getOutputStream().close();
      lines.lines().forEach(line -> {});
      keep(serverArchive, distribution.server(), "the server ended with code " + end(server));
    } finally {
      server.destroyForcibly();
    }
  }

  private List<String> serverCommand(Path archive, Path scratch) {
    List<String> words = new ArrayList<>(List.of("--data", scratch.resolve("data").toString()));
    words.addAll(List.of("-Dacopio.http.port=0", "-Dacopio.rmi.port=0"));
    for (TcpPorts ports : TcpPorts.values()) {
      words.add("-D" + ports.key() + "=0");
    }
    return command(
        distribution.server().resolve("jvm.options"),
        archive,
        List.of("-D" + REHEARSAL + "=true", "-jar", distribution.launcherJar().toString()),
        words);
  }

  /**
   * A server that answers.
   *
   * @param code by which a PC joins
   */
  private record Ready(String http, String rmi, String code) {}

  private static Ready awaitReady(BufferedReader lines) throws IOException {
    String last = "it printed nothing";
    String code = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher shown = CODE.matcher(line);
      code = shown.find() ? shown.group() : code;
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new Ready(ready.group("http"), ready.group("rmi"), code);
      }
      last = line;
    }
    throw new StartException("No archives, because the server does not start: " + last);
  }

  /** Asks for the start page, so that the classes that answer are in the archive. */
  private static void visit(String page) throws IOException {
    try (InputStream in = URI.create(page).toURL().openStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** With an identity, so that what TLS takes is in the archive for those PCs that need it. */
  private int collect(Path archive, Ready server, Path scratch) throws IOException {
    Path pictures = Files.createDirectory(scratch.resolve("pictures"));
    Files.write(pictures.resolve("pixel.gif"), PICTURE);
    List<String> command =
        command(
            distribution.agent().resolve("jvm.options"),
            archive,
            List.of("-cp", agentClassPath(), "org.acopio.client.command.Acopio"),
            List.of(
                "collect",
                pictures.toString(),
                "--server",
                server.rmi(),
                "--enrol",
                server.code(),
                "--journal",
                scratch.resolve("journal").toString(),
                "--yes",
                "--json"));
    Process agent =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    agent.getOutputStream().close();
    return end(agent);
  }

  /** The jars in the order in which the start script names them. */
  private String agentClassPath() throws IOException {
    try (Stream<String> jars = Files.lines(distribution.agent().resolve("classpath"))) {
      return jars.map(jar -> distribution.agent().resolve(jar).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static List<String> command(
      Path options, Path archive, List<String> program, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + options);
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(program);
    command.addAll(words);
    return command;
  }

  private static int end(Process process) {
    return process.onExit().join().exitValue();
  }

  /** Puts a whole archive in the place of the one before. */
  private void keep(Path made, Path folder, String otherwise) throws IOException {
    if (!Files.isRegularFile(made)) {
      throw new StartException("No archive " + made.getFileName() + ": " + otherwise);
    }
    Path archive = folder.resolve(made.getFileName());
    Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    out.println("Made " + archive + " (" + Files.size(archive) / (1 << 20) + " MiB)");
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
