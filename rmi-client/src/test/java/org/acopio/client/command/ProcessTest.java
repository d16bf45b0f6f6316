package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessTest {
  private static final long SIGINT_BIT = 1L << 2 - 1;

  @TempDir Path temporary;

  private Process start(String... arguments) throws Exception {
    ProcessBuilder builder = command(List.of(), arguments);
    builder.environment().put("LC_ALL", "es_ES.UTF-8");
    return builder.start();
  }

  private static ProcessBuilder command(List<String> options, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(Acopio.class.getName());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line);
  }

  private static String all(java.io.InputStream stream) throws Exception {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void helpIsUtf8InThePersonsLanguage() throws Exception {
    Process process = start("--help");
    assertTrue(all(process.getInputStream()).contains("Órdenes:"));
    assertEquals("", all(process.getErrorStream()));
    assertEquals(0, process.waitFor());
  }

  @Test
  void numbersWithoutServerEndWithThree() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process = start("parity", "4", "--server", "127.0.0.1:" + port, "--patience", "0");
    assertEquals("", all(process.getInputStream()));
    assertTrue(all(process.getErrorStream()).startsWith("acopio: "));
    assertEquals(3, process.waitFor());
  }

  /** Thirty thousand names of two hundred characters do not go into eight megabytes. */
  @ParameterizedTest
  @CsvSource({"-Xmx8m,1", "-Xmx256m,0"})
  void folderThatTheMemoryDoesNotHoldIsSaid(String memory, int exit) throws Exception {
    Path home = Files.createDirectories(temporary.resolve("home"));
    Path photo = Files.write(home.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, -1, 0});
    for (int i = 1; i < 30_000; i++) {
      Files.createLink(home.resolve("a".repeat(190) + i + ".jpg"), photo);
    }
    String journal = temporary.resolve("journal").toString();
    Process process =
        command(List.of(memory), "collect", home.toString(), "--dry-run", "--journal", journal)
            .redirectOutput(temporary.resolve("out").toFile())
            .redirectError(temporary.resolve("err").toFile())
            .start();
    assertEquals(exit, process.waitFor());
    List<String> err = Files.readAllLines(temporary.resolve("err"));
    if (exit == 0) {
      assertEquals(List.of(), err);
    } else {
      // The JVM may have words of its own before, of a thread that met it too.
      String last = err.get(err.size() - 1);
      assertTrue(last.matches("acopio: .* memory than the [\\d.]+ MB .*-Xmx\\d+m.*"), last);
    }
  }

  /** TLS takes longer to load than all the rest of a short command. */
  @Test
  void aPcThatIsNotEnrolledLoadsNothingOfTls() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path loaded = temporary.resolve("loaded");
    Path home = Files.createDirectories(temporary.resolve("home"));
    Files.write(home.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
    String[] collect = {"collect", home.toString(), "--yes", "--json", "--patience", "0"};
    List<String> arguments = new ArrayList<>(List.of(collect));
    arguments.addAll(List.of("--server", "127.0.0.1:" + port));
    arguments.addAll(List.of("--journal", temporary.resolve("journal").toString()));
    Process process =
        command(List.of("-Xlog:class+load:file=" + loaded), arguments.toArray(new String[0]))
            .start();
    assertTrue(all(process.getInputStream()).contains("\"no-answer\""));
    assertEquals(3, process.waitFor());

    List<String> classes = Files.readAllLines(loaded);
    assertTrue(classes.stream().anyMatch(each -> each.contains("client.send.DialedSocket ")));
    List<String> tls =
        classes.stream()
            .filter(
                each ->
                    each.matches(
                        ".* (javax.net.ssl|sun.security.ssl|org.acopio.client.send.Tls).*"))
            .toList();
    assertEquals(List.of(), tls);
  }

  /**
   * Ctrl-C is SIGINT; the system ends a process with SIGTERM. The process ends with 128 and the
   * signal's number, which the run cannot know: it says what Ctrl-C gives.
   */
  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void interruptedRunTellsWhatIsSafeAndFreesTheJournal(String signal, int exit) throws Exception {
    assumeTrue(File.separatorChar == '/', "only where processes can be asked to end");
    Path home = Files.createDirectories(temporary.resolve("home"));
    Files.write(home.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Process process =
          start(
              "collect",
              home.toString(),
              "--server",
              "127.0.0.1:" + silent.getLocalPort(),
              "--journal",
              temporary.resolve("journal").toString(),
              "--yes",
              "--json");
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      assertTrue(out.readLine().startsWith("{\"event\":\"found\""));
      assumeFalse(ignoresInterrupts(process), "started with Ctrl-C switched off, as by nohup");
      signal(signal, process);
      String last = "";
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
      assertTrue(
          last.startsWith(
              "{\"event\":\"error\",\"code\":\"interrupted\",\"message\":\"interrupted; 0 "),
          last);
      assertTrue(last.endsWith(",\"exit\":130}"), last);
      assertEquals(exit, process.waitFor());
    }
    assertEquals(0, new Cli().runCollect(home, temporary, "--yes"), "the next run completes");
  }

  private static void signal(String name, Process process) throws Exception {
    String[] kill = {"sh", "-c", "kill -s " + name + " " + process.pid()};
    assertEquals(0, new ProcessBuilder(kill).inheritIO().start().waitFor());
  }

  /** A signal that is ignored at the start stays so: in a shell's background, or under nohup. */
  private static boolean ignoresInterrupts(Process process) throws Exception {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
  }
}
