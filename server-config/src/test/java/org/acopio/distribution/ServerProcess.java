package org.acopio.distribution;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server that runs as a process of its own, from {@code bin/acopio-server}, on free ports of the
 * loopback address. Closing it kills it when it still runs.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Every port that the product opens, moved out of the way; a test's own words come later and win.
   */
  private static final List<String> FREE_PORTS =
      List.of(
          "-Dacopio.http.port=0",
          "-Dacopio.https.port=0",
          "-Dacopio.rmi.port=0",
          "-Dacopio.ingest.ports=0",
          "-Dacopio.echo.ports=0,0,0",
          "-Dacopio.echo.queue-ports=0",
          "-Dacopio.session.thread-ports=0",
          "-Dacopio.session.selector-ports=0");

  private static final Pattern READY =
      Pattern.compile(
          "Acopio ready in [0-9.]+ s: http://(?<host>[^/]+):(?<http>\\d+)/"
              + " · rmi://[^/]+:(?<rmi>\\d+)/(?<tcp>( · [a-z-]+ [0-9,]+)*) · data (?<data>.+)");

  private final Process process;
  private final Output output;

  private ServerProcess(Process process) {
    this.process = process;
    this.output = new Output(process);
  }

  /** Starts a server on a data folder and returns when it is ready. */
  static ServerProcess start(Path data, String... words) throws IOException, InterruptedException {
    return ready(launch(data, words));
  }

  /** The same, with more memory or less: the options are those of the JVM. */
  static ServerProcess startWith(String javaOptions, Path data, String... words)
      throws IOException, InterruptedException {
    return ready(launch(Map.of("ACOPIO_JAVA_OPTS", javaOptions), data, words));
  }

  /** The same, behind a command that limits what it may use, such as {@code prlimit}. */
  static ServerProcess startBehind(List<String> limits, Path data, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(limits);
    command.addAll(
        List.of(Distribution.script("acopio-server").toString(), "--data", data.toString()));
    command.addAll(FREE_PORTS);
    command.addAll(List.of(words));
    return ready(run(command, Map.of()));
  }

  /** A server on another computer, on the ports that it has when nobody says otherwise. */
  static ServerProcess startOnDefaultPorts(NetworkNamespace computer, Path data, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Distribution.script("acopio-server").toString(), "--data", data.toString()));
    command.addAll(List.of(words));
    return ready(run(computer.command(command), Map.of()));
  }

  private static ServerProcess ready(ServerProcess server) throws InterruptedException {
    if (server.output.await(line -> READY.matcher(line).matches(), PATIENCE).isEmpty()) {
      server.close();
      throw new IllegalStateException("The server did not get ready:\n" + server.output);
    }
    return server;
  }

  /** Starts a server on a data folder without waiting for anything. */
  static ServerProcess launch(Path data, String... words) throws IOException {
    return launch(Map.of(), data, words);
  }

  private static ServerProcess launch(Map<String, String> environment, Path data, String... words)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(FREE_PORTS);
    all.addAll(List.of(words));
    return run(Distribution.script("acopio-server"), environment, all);
  }

  /** Runs the script with exactly these words. */
  static ServerProcess run(Path script, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(words);
    return run(command, environment);
  }

  private static ServerProcess run(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start());
  }

  Output output() {
    return output;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int httpPort() {
    return Integer.parseInt(ready("http"));
  }

  /** The port of the RMI registry and its objects; 0 when the server opened none. */
  int rmiPort() {
    return Integer.parseInt(ready("rmi"));
  }

  /**
   * The ports of an endpoint, ascending, as the ready line names them: {@code echo}, {@code
   * echo-queue}, {@code session-thread}, {@code session-selector} or {@code ingest}.
   */
  List<Integer> tcpPorts(String endpoint) {
    return tcp()
        .filter(words -> words[0].equals(endpoint))
        .flatMap(words -> Stream.of(words[1].split(",")))
        .map(Integer::valueOf)
        .toList();
  }

  /** Every port that the ready line names, HTTP and RMI among them. */
  List<Integer> allPorts() {
    return Stream.concat(
            Stream.of(httpPort(), rmiPort()),
            tcp().flatMap(words -> Stream.of(words[1].split(","))).map(Integer::valueOf))
        .toList();
  }

  private Stream<String[]> tcp() {
    return Stream.of(ready("tcp").split(" · "))
        .filter(text -> !text.isEmpty())
        .map(text -> text.split(" "));
  }

  Path data() {
    return Path.of(ready("data"));
  }

  /** What proves that a program may do what an administrator may. */
  String token() throws IOException {
    return Files.readString(data().resolve("admin-token")).strip();
  }

  /** The value of the header with the {@link #token}. */
  String bearer() throws IOException {
    return "Bearer " + token();
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + httpPort() + path);
  }

  /** The agent's {@code --server} value. */
  String rmiAddress() {
    return "127.0.0.1:" + rmiPort();
  }

  private String ready(String group) {
    return output.lines().stream()
        .map(READY::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Not ready:\n" + output))
        .group(group);
  }

  /** Asks the server to stop, as SIGTERM does, and returns its exit code. */
  int stop() throws InterruptedException {
    // Not Process.destroy(), which closes the pipe before the last words have come through it.
    process.toHandle().destroy();
    return awaitExit();
  }

  /**
   * Stops the server as Ctrl-C does, and returns its exit code. Not for one that {@link
   * #ignoresInterrupts}.
   */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s INT " + process.pid()).inheritIO().start().waitFor();
    return awaitExit();
  }

  /** A signal that is ignored at the start stays so: in a shell's background, or under nohup. */
  boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(ignored -> (ignored & 1L << 2 - 1) != 0);
  }

  /** Ends the server as a power failure would. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  /** Returns the exit code once the process has ended and everything it printed was read. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The server does not end:\n" + output);
    }
    output.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
