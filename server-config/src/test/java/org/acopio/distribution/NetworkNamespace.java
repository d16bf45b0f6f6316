package org.acopio.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another machine, as far as a network can tell: a network namespace of Linux with one cable to
 * this one. Needs root and {@code ip}. The addresses are of the range for tests of devices (RFC
 * 2544), which nobody routes.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;
  private static final int MOST_TRIES = 40;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String name;
  private final String cable;
  private final String network;

  private NetworkNamespace(String name, String cable, String network) {
    this.name = name;
    this.cable = cable;
    this.network = network;
  }

  /** One that nobody else uses; nothing where this user or system cannot make any. */
  static Optional<NetworkNamespace> open() throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TRIES; i++) {
      String id = Long.toString(ProcessHandle.current().pid(), 36) + NUMBERS.incrementAndGet();
      // Another process may have taken one network; with this many there is a free one.
      int number = (int) ((ProcessHandle.current().pid() + i) % 16_000);
      NetworkNamespace made =
          new NetworkNamespace(
              "acopio-" + id, "ac" + id, "198.18." + number / 64 + "." + number % 64 * 4);
      if (!ip("netns", "add", made.name)) {
        return Optional.empty();
      }
      if (made.connect()) {
        return Optional.of(made);
      }
      made.close();
    }
    return Optional.empty();
  }

  private boolean connect() throws IOException, InterruptedException {
    String far = cable + "b";
    return ip("link", "add", cable, "type", "veth", "peer", "name", far, "netns", name)
        && unused(host())
        && ip("addr", "add", host() + "/30", "dev", cable)
        && ip("link", "set", cable, "up")
        && ip("-n", name, "addr", "add", guest() + "/30", "dev", far)
        && ip("-n", name, "link", "set", far, "up")
        && ip("-n", name, "link", "set", "lo", "up");
  }

  private static boolean unused(String address) throws IOException, InterruptedException {
    Process shown = new ProcessBuilder("ip", "-br", "addr").redirectErrorStream(true).start();
    String text = new String(shown.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    shown.waitFor();
    return !text.contains(address + "/");
  }

  /** The address of this machine, as seen from there. */
  String host() {
    return plus(1);
  }

  /** The address of the other one. */
  String guest() {
    return plus(2);
  }

  private String plus(int number) {
    int dot = network.lastIndexOf('.') + 1;
    return network.substring(0, dot) + (Integer.parseInt(network.substring(dot)) + number);
  }

  /** Pulls the cable there: from now on nothing passes, and nobody is told. */
  void unplug() throws IOException, InterruptedException {
    if (!ip("-n", name, "link", "set", cable + "b", "down")) {
      throw new IOException("the cable " + cable + " cannot be pulled");
    }
  }

  /** The command that runs these words there. */
  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
    command.addAll(words);
    return command;
  }

  private static boolean ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false; // There is no such program.
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("ip does not end: " + command);
    }
    return process.exitValue() == 0;
  }

  /** Takes it away with its cable. Nothing may run there any more. */
  @Override
  public void close() throws IOException {
    try {
      ip("link", "del", cable);
      ip("netns", "del", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
