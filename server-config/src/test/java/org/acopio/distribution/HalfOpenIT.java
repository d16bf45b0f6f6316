package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers on another computer whose cable is pulled: no end of their connections ever arrives. */
class HalfOpenIT {
  private static final Duration PROMISED = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern CODE = Pattern.compile("(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}");
  private static final Set<String> KINDS =
      new TreeSet<>(
          List.of("echo", "echo-queue", "ingest", "rmi", "session-selector", "session-thread"));

  /** These are no sessions; the system tells of them. A live page comes over HTTPS as well. */
  private static final List<String> CONSOLE = List.of("http", "https", "live");

  @TempDir Path temp;

  @Test
  void whoIsGoneWithoutAWordIsGoneFromTheServerWithinAMinute() throws Exception {
    try (NetworkNamespace pc =
            Root.made(
                NetworkNamespace.open(),
                "a network namespace needs Linux, root and 'ip': no cable was pulled");
        ServerProcess server = ServerProcess.start(temp.resolve("data"), "--bind", "0.0.0.0")) {
      Path identity = enrolled(server, pc);
      talk(server, pc, identity).close();
      AdminHttp admin = new AdminHttp(server);
      awaitKinds(admin, pc, Set.of(), PATIENCE);
      ProcessFigures before = ProcessFigures.of(server.pid());
      try (Peers peers = talk(server, pc, identity)) {
        assertEquals(KINDS, kinds(admin, pc));
        int https = port(server, "https");
        assertEquals(
            Stream.of(port(server, "http"), https, https).sorted().toList(), console(server, pc));
        long unplugged = System.nanoTime();
        pc.unplug();
        awaitKinds(admin, pc, Set.of(), PROMISED);
        Awaitility.await()
            .atMost(PROMISED.minus(Duration.ofNanos(System.nanoTime() - unplugged)))
            .until(() -> console(server, pc), List.of()::equals);
        // Before the peers end: whatever they would say now could not arrive anyway.
        assertTrue(peers.process.isAlive());
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .until(
                () -> {
                  ProcessFigures now = ProcessFigures.of(server.pid());
                  return now.descriptors() < before.descriptors() + KINDS.size()
                      && now.threads() < before.threads() + KINDS.size();
                });
      }
    }
  }

  private Path enrolled(ServerProcess server, NetworkNamespace pc) throws Exception {
    Path journal = temp.resolve("journal");
    String address = pc.host() + ":" + server.rmiPort();
    try (AgentProcess agent =
        AgentProcess.at(
            pc,
            List.of(),
            "enrol",
            code(server),
            "--server",
            address,
            "--journal",
            journal.toString())) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
    }
    try (Stream<Path> folders = Files.list(journal.resolve("identity"))) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static String code(ServerProcess server) throws Exception {
    try (ServerProcess command =
        ServerProcess.run(
            Distribution.script("acopio-server"),
            Map.of(),
            List.of("admin", "enrol-code", "--data", server.data().toString()))) {
      command.awaitExit();
      Matcher code = CODE.matcher(command.output().toString());
      assertTrue(code.find(), command.output()::toString);
      return code.group();
    }
  }

  private static Set<String> kinds(AdminHttp admin, NetworkNamespace pc)
      throws IOException, InterruptedException {
    return admin
        .json("/api/sessions?limit=1000")
        .getJsonArray("sessions")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(session -> session.getString("address").equals(pc.guest()))
        .map(session -> session.getString("kind"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int port(ServerProcess server, String kind) {
    return switch (kind) {
      case "rmi" -> server.rmiPort();
      case "http" -> server.httpPort();
      case "live" -> port(server, "https");
      default -> server.tcpPorts(kind).get(0);
    };
  }

  /** The server's ports of its connections with this PC that are no sessions. */
  private static List<Integer> console(ServerProcess server, NetworkNamespace pc)
      throws IOException {
    Set<Integer> ports = Set.of(port(server, "http"), port(server, "https"));
    return ListeningSockets.connected(pc.guest()).stream()
        .filter(ports::contains)
        .sorted()
        .toList();
  }

  private static void awaitKinds(
      AdminHttp admin, NetworkNamespace pc, Set<String> wanted, Duration most) {
    Awaitility.await()
        .atMost(most)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> kinds(admin, pc), wanted::equals);
  }

  /** Peers of all kinds; they are there when this returns. */
  private static Peers talk(ServerProcess server, NetworkNamespace pc, Path identity)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Distribution.java().toString(),
                "-cp",
                Path.of("target/test-classes").toAbsolutePath().toString(),
                FarPeers.class.getName(),
                pc.host(),
                identity.toString(),
                new AdminHttp(server).bearer()));
    Stream.concat(KINDS.stream(), CONSOLE.stream())
        .forEach(kind -> command.addAll(List.of(kind, Integer.toString(port(server, kind)))));
    Process process = new ProcessBuilder(pc.command(command)).redirectErrorStream(true).start();
    Peers peers = new Peers(process, new Output(process));
    if (peers.output.await("held"::equals, PATIENCE).isEmpty()) {
      peers.close();
      throw new IOException("not all peers were answered:\n" + peers.output);
    }
    return peers;
  }

  private record Peers(Process process, Output output) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
