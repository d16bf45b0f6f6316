package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The client programs of the systems that Acopio replaces, run by Python as they are. */
final class OldClient {
  private static final Path FOLDER = Path.of("src", "test", "old-clients").toAbsolutePath();
  private static final long PATIENCE_SECONDS = 60;

  private OldClient() {}

  /**
   * Runs a client against a port of the loopback address until it ends, and returns what it
   * printed. The test is skipped where there is no Python, and fails when the client finds a wrong
   * byte.
   */
  static List<String> run(String script, int port, String... typed)
      throws IOException, InterruptedException {
    Python.need("the old clients");
    Process client =
        python(List.of(FOLDER.resolve(script).toString(), "127.0.0.1", Integer.toString(port)));
    try {
      Output output = new Output(client);
      try (OutputStream keyboard = client.getOutputStream()) {
        for (String line : typed) {
          keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      boolean ended = client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        client.destroyForcibly();
      }
      output.awaitEnd();
      assertTrue(ended, () -> script + " does not end:\n" + output);
      assertEquals(0, client.exitValue(), output::toString);
      return output.lines();
    } finally {
      client.destroyForcibly();
    }
  }

  private static Process python(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    return builder.start();
  }
}
