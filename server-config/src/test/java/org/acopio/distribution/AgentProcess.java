package org.acopio.distribution;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent that runs as a process of its own, from {@code bin/acopio}. Closing it kills it. */
final class AgentProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Output output;

  private AgentProcess(Process process) {
    this.process = process;
    this.output = new Output(process);
  }

  /** Starts the agent with these words and an empty standard input. */
  static AgentProcess start(String... words) throws IOException {
    return start(Map.of(), words);
  }

  static AgentProcess start(Map<String, String> environment, String... words) throws IOException {
    return start(environment, List.of(), words);
  }

  /** Starts the agent with these words, and types these lines and the end of the input. */
  static AgentProcess typing(List<String> lines, String... words) throws IOException {
    return start(Map.of("LC_ALL", "en_US.UTF-8"), lines, words);
  }

  /** Starts the agent on another machine, and types these lines and the end of the input. */
  static AgentProcess at(NetworkNamespace machine, List<String> lines, String... words)
      throws IOException {
    return start(Map.of("LC_ALL", "en_US.UTF-8"), lines, machine.command(command(words)));
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(Distribution.script("acopio").toString()));
    command.addAll(List.of(words));
    return command;
  }

  private static AgentProcess start(
      Map<String, String> environment, List<String> lines, String... words) throws IOException {
    return start(environment, lines, command(words));
  }

  private static AgentProcess start(
      Map<String, String> environment, List<String> lines, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (Writer keyboard = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line : lines) {
        keyboard.write(line + "\n");
      }
    }
    return new AgentProcess(process);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Output output() {
    return output;
  }

  /** Ends the agent as a power failure would. */
  void kill() throws InterruptedException {
    // Not Process.destroyForcibly(), which closes the pipe before all came through it.
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  /** Returns the exit code once the process has ended and everything it printed was read. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The agent does not end:\n" + output);
    }
    output.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
