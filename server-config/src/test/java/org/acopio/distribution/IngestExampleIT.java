package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example client in Python, against a server as a person starts it. */
class IngestExampleIT {
  private static final Path EXAMPLE = Distribution.home().resolve("examples/ingest_client.py");

  @TempDir static Path temp;
  private static ServerProcess server;
  private static int port;
  private static Path store;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    port = FreePort.any();
    server = ServerProcess.start(temp.resolve("data"), "-Dacopio.ingest.ports=" + port);
    store = temp.resolve("data/store");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A run of the example; closing it kills it. */
  private record Run(Process process, Output output) implements AutoCloseable {
    static Run of(Path folder, Path key) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "python3", "-B", EXAMPLE.toString(), "127.0.0.1:" + port, folder.toString())
              .redirectErrorStream(true);
      builder.command().add(key.toString());
      builder.environment().put("PYTHONUTF8", "1");
      Process process = builder.start();
      process.getOutputStream().close();
      return new Run(process, new Output(process));
    }

    int exit() throws InterruptedException {
      assertTrue(process.waitFor(3, TimeUnit.MINUTES), output::toString);
      output.awaitEnd();
      return process.exitValue();
    }

    long count(String end) {
      return output.lines().stream().filter(line -> line.endsWith(end)).count();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  private static void assertArrived(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".jpg")).toList()) {
        Path stored = store.resolve("127.0.0.1" + file.toAbsolutePath());
        assertEquals(-1, Files.mismatch(file, stored), file::toString);
      }
    }
  }

  @Test
  void exampleIsShort() throws IOException {
    try (Stream<String> lines = Files.lines(EXAMPLE)) {
      assertTrue(lines.count() < 120);
    }
  }

  @Test
  void filesArriveInFourPartsAndASecondRunSendsNothing(@TempDir Path pc)
      throws IOException, InterruptedException {
    Python.need("the example client");
    Path folder = new Media(21).library(pc.resolve("fotos"), 25, 5_000_000);
    new Media(22).jpeg(folder.resolve("cuarenta y nueve mil.jpg"), 49_202);
    new Media(23).jpeg(folder.resolve("tres.jpg"), 3);
    Files.writeString(folder.resolve("notas.txt"), "not for collection");
    try (Run run = Run.of(folder, pc.resolve("key"))) {
      assertEquals(0, run.exit(), run.output::toString);
      assertEquals("Elementos en la lista: 28", run.output.lines().get(0));
      assertEquals(1, run.count("cuarenta y nueve mil.jpg 49202 bytes, partes de 12300"));
      assertEquals(28 * 4, run.count("recibido"), run.output::toString);
      assertEquals(28, run.count("guardado"));
    }
    assertArrived(folder);
    try (Run again = Run.of(folder, pc.resolve("key"))) {
      assertEquals(0, again.exit(), again.output::toString);
      assertEquals(0, again.count("recibido"), again.output::toString);
      assertEquals(28, again.count("ya estaba"));
    }
  }

  @Test
  void runThatWasKilledGoesOnWhereItWas(@TempDir Path pc) throws IOException, InterruptedException {
    Python.need("the example client");
    Path folder = Files.createDirectories(pc.resolve("film"));
    new Media(24).jpeg(folder.resolve("film.jpg"), 24_000_000);
    try (Run run = Run.of(folder, pc.resolve("key"))) {
      assertTrue(
          run.output
              .await(line -> line.endsWith("parte 1: recibido"), Duration.ofMinutes(2))
              .isPresent(),
          run.output::toString);
    }
    try (Run again = Run.of(folder, pc.resolve("key"))) {
      assertEquals(0, again.exit(), again.output::toString);
      assertEquals(1, again.count("guardado"), again.output::toString);
    }
    assertArrived(folder);
  }

  @Test
  void refusalIsShownToThePerson(@TempDir Path pc) throws IOException, InterruptedException {
    Python.need("the example client");
    Path folder = Files.createDirectories(pc.resolve("decoy"));
    Files.writeString(folder.resolve("really-text.jpg"), "this is no picture at all\n".repeat(40));
    try (Run run = Run.of(folder, pc.resolve("key"))) {
      assertEquals(1, run.exit(), run.output::toString);
      assertTrue(run.output.toString().contains("  rechazado "), run.output::toString);
    }
    Path key = Files.write(pc.resolve("short key"), new byte[5]);
    try (Run run = Run.of(folder, key)) {
      assertEquals(1, run.exit(), run.output::toString);
      assertTrue(run.output.lastLine().startsWith("error 37: "), run.output::toString);
    }
  }

  @Test
  void browserThatComesHereIsToldWhereItIs() throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket.setSoTimeout(20_000);
      byte[] get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(get);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      List.of("ACOPIO", "ingest protocol", "HTTP", "docs/protocols.md")
          .forEach(word -> assertTrue(answer.contains(word), answer));
    }
  }
}
