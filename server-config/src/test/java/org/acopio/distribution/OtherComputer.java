package org.acopio.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs where this machine is reached over a network, and not as loopback. */
final class OtherComputer implements AutoCloseable {
  private static final int SECONDS = 180;

  private final NetworkNamespace network;

  private OtherComputer(NetworkNamespace network) {
    this.network = network;
  }

  /** One with a cable to this machine; skips the tests where none can be made. */
  static OtherComputer open() throws IOException, InterruptedException {
    return new OtherComputer(
        Root.made(
            NetworkNamespace.open(),
            "a network namespace needs Linux, root and 'ip': nothing was tried from another"
                + " computer"));
  }

  /** This machine's address as seen from there. */
  String here() {
    return network.host();
  }

  /** Runs {@link FarClient} there, and returns what it printed. */
  List<String> client(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Distribution.java().toString(),
                "-Xshare:auto",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                FarClient.class.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(network.command(command)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Output output = new Output(process);
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("still running: " + List.of(words) + "\n" + output);
      }
      output.awaitEnd();
      if (process.exitValue() != 0) {
        throw new IOException(List.of(words) + " failed:\n" + output);
      }
      return output.lines();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  /** An agent there. */
  AgentProcess agent(String... words) throws IOException {
    return AgentProcess.at(network, List.of(), words);
  }

  @Override
  public void close() throws IOException {
    network.close();
  }
}
