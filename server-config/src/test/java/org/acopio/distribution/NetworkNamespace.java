package org.acopio.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Another computer, as far as the network goes: a network namespace of Linux with one cable to this
 * machine. Making one needs root; without, the tests that need it are skipped.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final int SECONDS = 120;

  /** For tests of networks (RFC 2544); every process gets a pair of addresses of its own. */
  private static final String NETWORK = "198.18.%d.%d";

  private final String name;
  private final String here;

  private NetworkNamespace(String name, String here) {
    this.name = name;
    this.here = here;
  }

  /** Makes one, or skips the test where that is not possible. */
  static NetworkNamespace open() throws InterruptedException {
    long pid = ProcessHandle.current().pid();
    int block = (int) (pid % 16_384);
    String here = String.format(NETWORK, block / 64, block % 64 * 4 + 1);
    String there = String.format(NETWORK, block / 64, block % 64 * 4 + 2);
    String id = Long.toString(pid, Character.MAX_RADIX);
    NetworkNamespace far = new NetworkNamespace("acopio-" + id, here);
    try {
      ip("netns", "add", far.name);
      ip("link", "add", "aca" + id, "type", "veth", "peer", "name", "acb" + id);
      ip("link", "set", "acb" + id, "netns", far.name);
      ip("addr", "add", here + "/30", "dev", "aca" + id);
      ip("link", "set", "aca" + id, "up");
      ip("-n", far.name, "addr", "add", there + "/30", "dev", "acb" + id);
      ip("-n", far.name, "link", "set", "acb" + id, "up");
    } catch (IOException impossible) {
      far.close();
      Assumptions.abort(
          "no other network namespace can be made here, so that nothing was tried from outside: "
              + impossible.getMessage());
    }
    return far;
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  /** This machine's address as the other sees it. */
  String here() {
    return here;
  }

  /** Runs a program there, and returns its lines. */
  List<String> run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    Output output = new Output(process);
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("still running: " + command + "\n" + output);
      }
      output.awaitEnd();
      if (process.exitValue() != 0) {
        throw new IOException(command + " failed:\n" + output);
      }
      return output.lines();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Runs {@link FarClient} there. */
  List<String> client(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                FarClient.class.getName()));
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  /** The cable goes with the namespace. */
  @Override
  public void close() throws InterruptedException {
    try {
      ip("netns", "delete", name);
    } catch (IOException neverMade) {
      // Nothing is left then.
      return;
    }
  }
}
