package org.acopio.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The server as its user starts it: a process of its own, on a data folder. */
final class DemoServer implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "Acopio ready in .*http://(?<http>[^/]+)/ · rmi://(?<rmi>[^/]+)/ · .*data .*");

  /** The usual ports; one that is taken on this machine is moved to any free one. */
  private static final Map<String, List<Integer>> PORTS =
      Map.of(
          "acopio.http.port", List.of(8000),
          "acopio.rmi.port", List.of(1099),
          "acopio.ingest.ports", List.of(1100),
          "acopio.echo.ports", List.of(9999, 4000, 65_432),
          "acopio.echo.queue-ports", List.of(10_000),
          "acopio.session.thread-ports", List.of(6667),
          "acopio.session.selector-ports", List.of(6668));

  private final Distribution distribution;
  private final Path data;
  private final Process process;
  private final List<String> output = new ArrayList<>();
  private String http = "";
  private String rmi = "";

  private DemoServer(Distribution distribution, Path data, Process process) {
    this.distribution = distribution;
    this.data = data;
    this.process = process;
  }

  /** Starts a server and returns when it says that it is ready. */
  static DemoServer start(Distribution distribution, Path data) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(distribution.server().toString(), "--data", data.toString()));
    PORTS.forEach(
        (key, ports) -> {
          String free =
              ports.stream()
                  .map(port -> isFree(port) ? port.toString() : "0")
                  .collect(Collectors.joining(","));
          command.add("-D" + key + "=" + free);
        });
    DemoServer server =
        new DemoServer(
            distribution, data, new ProcessBuilder(command).redirectErrorStream(true).start());
    server.awaitReady();
    return server;
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private void awaitReady() throws IOException {
    BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      output.add(line);
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        http = ready.group("http");
        rmi = ready.group("rmi");
        return;
      }
    }
    throw new BrokenPromise(String.join(System.lineSeparator(), output));
  }

  /** What it printed until it was ready. */
  List<String> output() {
    return List.copyOf(output);
  }

  /** A link that lets an administrator into the console of this server with one click. */
  String loginLink() throws IOException {
    Process command =
        new ProcessBuilder(
                distribution.server().toString(), "admin", "login", "--data", data.toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int link = said.lastIndexOf("http://");
    if (link < 0) {
      throw new BrokenPromise(said);
    }
    return said.substring(link);
  }

  String consoleAddress() {
    return "http://" + http + "/";
  }

  /** The agent's {@code --server} value. */
  String agentAddress() {
    return rmi;
  }

  /** Asks the server to stop and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new BrokenPromise("The server did not stop within a minute");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
