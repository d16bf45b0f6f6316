package org.acopio.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML-RPC clients of other languages, unmodified, where this machine has them. */
class OldParityClientsIT {
  private static final Path CLIENTS = Path.of("src/test/old-clients").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 60;

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

  @ParameterizedTest
  @ValueSource(strings = {"/", "/RPC2"})
  void theOldPythonClient(String path) throws IOException, InterruptedException {
    needs("python3", "-c", "import xmlrpc.client");
    String output =
        run(
            "4\n0\n7\n2147483647\n-1\n",
            "python3",
            CLIENTS.resolve("parity_client.py").toString(),
            "http://localhost:" + server.httpPort() + path);
    assertEquals(
        "Ingresa un Número positivo:4 es Par\n"
            + "Ingresa un Número positivo:Ingresa un Número positivo:7 es Impar\n"
            + "Ingresa un Número positivo:2147483647 es Impar\n"
            + "Ingresa un Número positivo:Fin !!\n",
        output);
  }

  @Test
  void perlsClient() throws IOException, InterruptedException {
    needs("perl", "-MRPC::XML::Client", "-e1");
    String client = CLIENTS.resolve("parity_client.pl").toString();
    assertEquals(
        "Par\nImpar\nPar\n",
        run("", "perl", client, server.http("/RPC2").toString(), "4", "-7", "0"));
  }

  @Test
  void rubysClient() throws IOException, InterruptedException {
    needs("ruby", "-rxmlrpc/client", "-e1");
    String client = CLIENTS.resolve("parity_client.rb").toString();
    assertEquals(
        "Par\nImpar\nPar\n",
        run("", "ruby", client, server.http("/RPC2").toString(), "4", "-7", "0"));
  }

  /** Skips the test, saying why, when this command does not work. */
  private static void needs(String... command) throws InterruptedException {
    boolean there;
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      there = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      there = false;
    }
    String why = "skipped: this machine has no " + String.join(" ", command);
    if (!there) {
      System.out.println(why);
    }
    assumeTrue(there, why);
  }

  private static String run(String input, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
