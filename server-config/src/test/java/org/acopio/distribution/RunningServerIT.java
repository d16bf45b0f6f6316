package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds while one server runs, and what a second start beside it is told. */
class RunningServerIT {
  private static final Pattern FIRST_START =
      Pattern.compile(
          "First start: the administrator is admin, the password (?<password>[A-Z0-9-]{23})\\. .*");

  @TempDir static Path temp;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theLastLineTellsTheAddressesAndTheFolder() {
    assertTrue(
        server.output().lastLine().startsWith("Acopio ready in "), server.output()::toString);
    assertEquals(temp.resolve("data"), server.data());
  }

  @Test
  void theFirstStartShowsThePasswordAndTheCodeAndNothingElse() throws IOException {
    assertEquals(3, server.output().lines().size(), server.output()::toString);
    Matcher first = FIRST_START.matcher(server.output().lines().get(0));
    assertTrue(first.matches(), server.output()::toString);
    String log = Files.readString(temp.resolve("data/log/server.log"));
    assertFalse(log.contains(first.group("password")));
    Matcher code =
        Pattern.compile("acopio enrol ([0-9A-Z-]{47}) --server")
            .matcher(server.output().lines().get(1));
    assertTrue(code.find(), server.output()::toString);
    assertFalse(log.contains(code.group(1)));
  }

  @Test
  void theLogIsInTheDataFolder() throws IOException {
    assertTrue(Files.size(temp.resolve("data/log/server.log")) > 0);
  }

  @Test
  void theStartPageAnswers() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(HttpRequest.newBuilder(server.http("/")).build(), BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("Acopio"), answer::body);
  }

  @Test
  void itListensOnTheAnnouncedPortsOfTheLoopbackAddressAndNowhereElse() throws IOException {
    assumeTrue(ListeningSockets.areKnown(), "only Linux tells which ports a process listens on");
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    Set<InetSocketAddress> announced =
        server.allPorts().stream()
            .map(port -> new InetSocketAddress(loopback, port))
            .collect(Collectors.toSet());
    assertEquals(announced, ListeningSockets.of(server.pid()));
    assertEquals(List.of(), ListeningSockets.datagrams(server.pid()));
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() throws IOException, InterruptedException {
    try (ServerProcess second = ServerProcess.launch(temp.resolve("data"))) {
      assertEquals(1, second.awaitExit(), second.output()::toString);
      assertOneSentence(second, "process " + server.pid(), "--data");
    }
    assertTrue(server.isAlive());
  }

  @Test
  void aTakenHttpPortIsNamedByItsKey() throws IOException, InterruptedException {
    refusesTakenPort("acopio.http.port", server.httpPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"acopio.rmi.port", "acopio.echo.ports", "acopio.ingest.ports"})
  void aTakenPortIsNamedByItsKey(String key) throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refusesTakenPort(key, other.getLocalPort());
    }
  }

  private static void refusesTakenPort(String key, int port)
      throws IOException, InterruptedException {
    String setting = "-D" + key + "=" + port;
    try (ServerProcess second = ServerProcess.launch(temp.resolve("other " + key), setting)) {
      assertEquals(1, second.awaitExit(), second.output()::toString);
      assertOneSentence(second, key, Integer.toString(port));
    }
  }

  @Test
  void anUnknownOptionIsAUsageError() throws IOException, InterruptedException {
    try (ServerProcess wrong = ServerProcess.launch(temp.resolve("unused"), "--bogus")) {
      assertEquals(2, wrong.awaitExit(), wrong.output()::toString);
      assertOneSentence(wrong, "--bogus", "--help");
    }
    assertFalse(Files.exists(temp.resolve("unused")));
  }

  @Test
  void aDataFolderThatCannotBeMadeIsNamed() throws IOException, InterruptedException {
    Path below = Files.createFile(temp.resolve("file")).resolve("data");
    try (ServerProcess wrong = ServerProcess.launch(below)) {
      assertEquals(1, wrong.awaitExit(), wrong.output()::toString);
      assertOneSentence(wrong, below.toString(), "--data");
    }
  }

  @Test
  void withoutAJavaTheScriptSaysWhatToDo() throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("JAVA_HOME", temp.toString());
    List<String> words = List.of("--version");
    try (ServerProcess wrong =
        ServerProcess.run(Distribution.script("acopio-server"), environment, words)) {
      assertEquals(1, wrong.awaitExit(), wrong.output()::toString);
      assertOneSentence(wrong, "JAVA_HOME", "Java 17");
    }
  }

  /** The JVM's options make it talk; a program that reads the output would stumble over that. */
  @ParameterizedTest
  @ValueSource(strings = {"acopio", "acopio-server"})
  void aScriptPrintsOnlyWhatItsProgramSays(String script) throws IOException, InterruptedException {
    try (ServerProcess version =
        ServerProcess.run(Distribution.script(script), Map.of(), List.of("--version"))) {
      assertEquals(0, version.awaitExit(), version.output()::toString);
      assertOneSentence(version, "copio 0.");
    }
  }

  private static void assertOneSentence(ServerProcess process, String... parts) {
    assertEquals(1, process.output().lines().size(), process.output()::toString);
    for (String part : parts) {
      assertTrue(process.output().lastLine().contains(part), process.output()::toString);
    }
  }
}
