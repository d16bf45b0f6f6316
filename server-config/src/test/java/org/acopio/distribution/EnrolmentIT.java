package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * A PC that is not the server: it joins with a code, is known from then on, and is not when
 * somebody says so. It lives in a network namespace, so that the server sees another machine.
 */
class EnrolmentIT {
  private static final Pattern CODE = Pattern.compile("(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}");
  private static final int PICTURES = 5;

  @TempDir static Path temp;
  private static Optional<NetworkNamespace> network = Optional.empty();
  private static ServerProcess server;

  private Path home;
  private Path journal;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    network = NetworkNamespace.open();
    Root.needed(
        network.isPresent(),
        "enrolment from another machine needs root and 'ip netns' (Linux), and nothing else tests"
            + " it");
    server = ServerProcess.start(temp.resolve("data"), "--bind", "0.0.0.0");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (network.isPresent()) {
      network.get().close();
    }
  }

  @BeforeEach
  void newPc(TestInfo test) throws IOException {
    Path pc = temp.resolve(test.getTestMethod().orElseThrow().getName());
    home = pc.resolve("home");
    journal = pc.resolve("journal");
    Media media = new Media(pc.hashCode());
    for (int i = 0; i < PICTURES; i++) {
      media.jpeg(home.resolve("foto " + i + ".jpg"), 30_000 + i);
    }
    media.jpeg(home.resolve("panorama.jpg"), 3_000_000);
  }

  private static NetworkNamespace pc() {
    return network.orElseThrow();
  }

  private static String address() {
    return pc().host() + ":" + server.rmiPort();
  }

  private static String admin(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", temp.resolve("data").toString()));
    try (ServerProcess command =
        ServerProcess.run(Distribution.script("acopio-server"), Map.of(), all)) {
      assertEquals(0, command.awaitExit(), command.output()::toString);
      return command.output().toString();
    }
  }

  private static String code() throws IOException, InterruptedException {
    String shown = admin("enrol-code");
    Matcher code = CODE.matcher(shown);
    assertTrue(code.find(), shown);
    return code.group();
  }

  private Collected collect(int exit, Path journal, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("collect", home.toString()));
    words.addAll(List.of("--server", address(), "--journal", journal.toString()));
    words.addAll(List.of("--yes", "--json"));
    words.addAll(List.of(more));
    try (AgentProcess agent = AgentProcess.at(pc(), List.of(), words.toArray(String[]::new))) {
      assertEquals(exit, agent.awaitExit(), agent.output()::toString);
      return Collected.from(agent);
    }
  }

  private String said(int exit, String... words) throws IOException, InterruptedException {
    return typed(exit, List.of(), words);
  }

  private String typed(int exit, List<String> lines, String... words)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--server", address(), "--journal", journal.toString()));
    try (AgentProcess agent = AgentProcess.at(pc(), lines, all.toArray(String[]::new))) {
      assertEquals(exit, agent.awaitExit(), agent.output()::toString);
      return agent.output().toString();
    }
  }

  private static List<String> notices(Collected run) {
    return run.events("notice").stream().map(each -> each.getString("kind")).toList();
  }

  private static String errorCode(Collected run) {
    return run.events("error").get(0).getString("code");
  }

  /** The number by which an administrator names the one valid identity of this agent. */
  private static String identity(String agent) throws IOException, InterruptedException {
    String list = admin("identities");
    Matcher line =
        Pattern.compile("(?m)^\\s*(\\d+)\\s.*\\b" + agent.substring(0, 8) + ".*$").matcher(list);
    assertTrue(line.find(), list);
    return line.group(1);
  }

  private String enrol() throws IOException, InterruptedException {
    Collected first = collect(0, journal, "--enrol", code());
    return first.events("enrolled").get(0).getString("agent");
  }

  private void allArrived(Collected run) throws IOException {
    List<JsonObject> files = run.events("file");
    assertEquals(PICTURES + 1, files.size());
    for (JsonObject file : files) {
      assertTrue(file.getString("storedAs").startsWith(pc().guest() + "/"), file::toString);
      Path stored = server.data().resolve("store").resolve(file.getString("storedAs"));
      String digest = Collected.sha256(Path.of(file.getString("path")));
      assertEquals(digest, Collected.sha256(stored));
      assertEquals(digest, file.getString("sha256"));
    }
  }

  @Test
  void aPcJoinsWithOneCommandAndIsKnownFromThenOn() throws Exception {
    Collected first = collect(0, journal, "--enrol", code());
    assertEquals(1, first.events("enrolled").size());
    allArrived(first);

    Collected second = collect(0, journal, "--enrol", code());
    assertEquals(List.of(), second.events("enrolled"));
    assertEquals(List.of(), notices(second));
    assertEquals(PICTURES + 1, second.count("have"));
    assertEquals(0, second.count("sentBytes"));
    assertTrue(said(0, "status").contains("is there"));
    assertTrue(said(0, "parity", "7").contains("7 is Odd"));
  }

  @Test
  void theCodeCanBeTyped() throws Exception {
    assertTrue(typed(0, List.of(code()), "enrol", "-").contains("This PC is enrolled"));
    allArrived(collect(0, journal));
  }

  @Test
  void whoIsNotEnrolledSendsNothing() throws Exception {
    assertEquals("not-enrolled", errorCode(collect(4, journal)));
    assertTrue(said(4, "status").contains("acopio enrol CODE --server " + address()));
    assertTrue(said(4, "parity", "7").contains("is not enrolled"));
  }

  @Test
  void aCodeThatIsNotTheServersIsRefused() throws Exception {
    String code = code();
    admin("code-remove", newestCode());
    assertTrue(said(4, "enrol", code).contains("does not take this enrolment code"));
    assertTrue(said(2, "enrol", "77777-77777").contains("no enrolment code"));
    assertFalse(Files.exists(journal.resolve("identity")));
  }

  private static String newestCode() throws IOException, InterruptedException {
    String list = admin("codes");
    Matcher line = Pattern.compile("(?m)^\\s*(\\d+)\\s").matcher(list);
    assertTrue(line.find(), list);
    return line.group(1);
  }

  @Test
  void anotherServerIsNoticedBeforeTheCodeIsTold() throws Exception {
    try (ServerProcess other = ServerProcess.start(temp.resolve("other"), "--bind", "0.0.0.0")) {
      List<String> words = new ArrayList<>(List.of("enrol", code()));
      words.addAll(List.of("--server", pc().host() + ":" + other.rmiPort()));
      words.addAll(List.of("--journal", journal.toString(), "--json"));
      try (AgentProcess agent = AgentProcess.at(pc(), List.of(), words.toArray(String[]::new))) {
        assertEquals(4, agent.awaitExit(), agent.output()::toString);
        assertEquals("other-server-than-code", errorCode(Collected.from(agent)));
      }
    }
  }

  @Test
  void whatDoesNotSpeakTlsIsTold() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Thread hangUp =
          new Thread(
              () -> {
                try {
                  silent.accept().close();
                } catch (IOException e) {
                  // The test is over.
                  return;
                }
              });
      hangUp.start();
      List<String> words = new ArrayList<>(List.of("enrol", code(), "--patience", "0", "--json"));
      words.addAll(List.of("--server", pc().host() + ":" + silent.getLocalPort()));
      words.addAll(List.of("--journal", journal.toString()));
      try (AgentProcess agent = AgentProcess.at(pc(), List.of(), words.toArray(String[]::new))) {
        assertEquals(3, agent.awaitExit(), agent.output()::toString);
        assertEquals("not-secure", errorCode(Collected.from(agent)));
      }
      hangUp.join();
    }
  }

  @Test
  void aCopiedPcBecomesAnotherOneAndBothGoOn() throws Exception {
    enrol();
    Path copy = journal.resolveSibling("copy");
    copy(journal, copy);
    assertEquals(List.of(), notices(collect(0, journal)));

    Collected first = collect(0, copy);
    assertEquals(List.of("identity-cloned"), notices(first));
    allArrived(first);
    assertEquals(List.of(), notices(collect(0, journal)));
    assertEquals(List.of(), notices(collect(0, copy)));
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(journal.resolve("agent.key")),
            Files.readAllBytes(copy.resolve("agent.key"))));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void aNewKeyIsMadeInSilence() throws Exception {
    String identity = identity(enrol());
    byte[] before = tlsKey();
    admin("rekey", identity);
    assertEquals(List.of("identity-rekeyed"), notices(collect(0, journal)));
    assertFalse(Arrays.equals(before, tlsKey()));
    assertEquals(List.of(), notices(collect(0, journal)));
  }

  private byte[] tlsKey() throws IOException {
    return Files.readAllBytes(tlsKeyFile());
  }

  private Path tlsKeyFile() throws IOException {
    try (Stream<Path> all = Files.walk(journal)) {
      return all.filter(each -> each.endsWith("agent-tls.key")).findFirst().orElseThrow();
    }
  }

  /** The example for other languages, with the files that the agent's enrolment left. */
  @Test
  void aClientInPythonSendsWithTheIdentityUntilItIsRevoked() throws Exception {
    Python.need("the example client with an identity");
    String agent = enrolOnly();
    Path store = server.data().resolve("store").resolve(pc().guest());
    Output first = example(0);
    assertEquals(PICTURES + 1, lines(first, "guardado"), first::toString);
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertEquals(-1, Files.mismatch(file, stored(store, file)), file::toString);
      }
    }
    admin("revoke", identity(agent));
    Path late = new Media(9).jpeg(home.resolve("late.jpg"), 20_000);
    Output second = example(1);
    assertEquals(0, lines(second, "guardado"), second::toString);
    assertTrue(second.lastLine().contains("--identity"), second::toString);
    assertFalse(Files.exists(stored(store, late)));
  }

  private String enrolOnly() throws IOException, InterruptedException {
    List<String> words = List.of("enrol", code(), "--json", "--server", address(), "--journal");
    List<String> all = new ArrayList<>(words);
    all.add(journal.toString());
    try (AgentProcess agent = AgentProcess.at(pc(), List.of(), all.toArray(String[]::new))) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
      return Collected.from(agent).events("enrolled").get(0).getString("agent");
    }
  }

  private static Path stored(Path store, Path file) {
    return store.resolve(file.toAbsolutePath().toString().substring(1));
  }

  private static long lines(Output output, String end) {
    return output.lines().stream().filter(line -> line.endsWith(end)).count();
  }

  /** Runs the example on the other machine with this PC's identity, to this exit code. */
  private Output example(int exit) throws IOException, InterruptedException {
    Path identity = tlsKeyFile().getParent();
    List<String> command =
        pc().command(
                List.of(
                    "python3",
                    "-B",
                    Distribution.home().resolve("examples/ingest_client.py").toString(),
                    "--identity",
                    identity.toString(),
                    pc().host() + ":" + server.tcpPorts("ingest").get(0),
                    home.toString(),
                    identity.resolve("agent.key").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    Output output = new Output(process);
    try {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), output::toString);
      output.awaitEnd();
      assertEquals(exit, process.exitValue(), output::toString);
      return output;
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  @Test
  void whoIsRevokedIsToldAndMayComeBackWithACode() throws Exception {
    admin("revoke", identity(enrol()));
    assertEquals("key-revoked", errorCode(collect(4, journal)));
    assertTrue(said(4, "status").contains("taken this PC's certificate back"));
    assertEquals("key-revoked", errorCode(collect(4, journal, "--enrol", code())));
    assertTrue(said(0, "enrol", code()).contains("This PC is enrolled"));
    allArrived(collect(0, journal));
  }
}
