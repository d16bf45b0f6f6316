package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** A running {@link EchoProgram}; when it is closed it must end well. */
final class EchoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  private EchoProcess(Process process) {
    this.process = process;
    Thread listener = new Thread(this::listen, "echo-process-output");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts it.
   *
   * @param words that begin the command, before the Java options
   * @param options of Java
   * @param properties of the activation
   */
  static EchoProcess start(List<String> words, List<String> options, String... properties)
      throws IOException {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(EchoProgram.class.getName());
    command.addAll(List.of(properties));
    return new EchoProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  static String java(Path home) {
    return home.resolve("bin").resolve("java").toString();
  }

  private void listen() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(said::add);
    } catch (IOException | UncheckedIOException ended) {
      said.add(ended.toString());
    }
  }

  /** Waits until it listens. */
  int port() {
    return Integer.parseInt(awaitLine("port ").substring("port ".length()));
  }

  /** The first line with that text, once it is there. */
  String awaitLine(String text) {
    return Awaitility.await().atMost(PATIENCE).until(() -> lineWith(text), line -> !line.isEmpty());
  }

  private String lineWith(String text) {
    return said.stream().filter(line -> line.contains(text)).findFirst().orElse("");
  }

  /** Processor time used so far; zero where the system does not tell. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive());
      assertEquals(0, process.exitValue(), said::toString);
    } finally {
      process.destroyForcibly();
    }
  }
}
