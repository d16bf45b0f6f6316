package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedReader;
import java.io.PipedWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that listen on the loopback address. */
@Timeout(60)
class SessionCommandTest {
  private static final String ANSWER = "\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d \\d+ secs\n";

  private final Cli cli = new Cli();

  private void assertOut(String pattern) {
    assertTrue(cli.out().matches(pattern), cli.out());
  }

  @Test
  void eachMessageHasItsStepAndItsAnswerAndTheEndItsTotal() throws Exception {
    try (LoopbackServer server = LoopbackServer.session()) {
      cli.spanish().piped("hola\n\n¿qué hora es?\r\nSALIR\ns\nnever\n");
      assertEquals(0, cli.run("session", server.address()));
      assertOut(
          "\\[1] > "
              + ANSWER
              + "\\[2] > \\[2] > "
              + ANSWER
              + "\\[3] > ¿Cerrar la sesión\\? \\[s/n] Conectado en total: \\d+ secs\n");
      assertEquals("", cli.err());
      server.awaitEnd();
      assertEquals(List.of("hola", "¿qué hora es?", "SALIR"), server.received());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SALIR", "salir", "Salir"})
  void leavingIsAskedForAndMayBeTakenBack(String word) throws Exception {
    try (LoopbackServer server = LoopbackServer.session()) {
      cli.piped(word + "\nn\nhello\n" + word + "\nwhat\ny\n");
      assertEquals(0, cli.run("session", server.address()));
      assertOut(
          "\\[1] > Close the session\\? \\[y/n] \\[1] > "
              + ANSWER
              + "\\[2] > Close the session\\? \\[y/n] Close the session\\? \\[y/n] "
              + "Connected in total: \\d+ secs\n");
      server.awaitEnd();
      assertEquals(List.of("hello", "SALIR"), server.received());
    }
  }

  @Test
  void theEndOfTheInputLeavesWithoutAnAnswer() throws Exception {
    try (LoopbackServer server = LoopbackServer.session()) {
      assertEquals(0, cli.piped("SALIR\n").run("session", server.address()));
      assertOut("\\[1] > Close the session\\? \\[y/n] \nConnected in total: \\d+ secs\n");
      assertEquals(0, cli.piped("a").run("session", server.address()));
      assertOut("\\[1] > " + ANSWER + "\\[2] > \nConnected in total: \\d+ secs\n");
      assertEquals(List.of("SALIR", "a", "SALIR"), server.received());
    }
  }

  @Test
  void yesLeavesWithoutAsking() throws Exception {
    try (LoopbackServer server = LoopbackServer.session()) {
      assertEquals(0, cli.piped("SALIR\nn\n").run("session", server.address(), "--yes"));
      assertOut("\\[1] > Connected in total: \\d+ secs\n");
    }
  }

  @Test
  void anAnswerInPiecesIsReadToItsEnd() throws Exception {
    String answer = "21/11/2026 07:44:58 12 secs";
    try (LoopbackServer server = LoopbackServer.saying(answer, 30)) {
      assertEquals(3, cli.piped("a\nb\n").run("session", server.address()));
      assertTrue(cli.out().startsWith("[1] > " + answer + "\n[2] > "), cli.out());
    }
  }

  @Test
  void aSlowServerIsWaitedForUntilTheDeadlineOfTheWholeAnswer() throws Exception {
    try (LoopbackServer server = LoopbackServer.hangingAfter("21")) {
      assertEquals(3, cli.piped("a\n").run("session", server.address(), "--timeout", "1"));
      assertTrue(cli.err().contains("after 1 s (bytes that came: 2)"), cli.err());
    }
  }

  @Test
  void aServerThatEndsTheSessionIsToldAtOnceWithWhatItSaid() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                (it, in, out) -> out.write("bye\u001b[2J\n".getBytes(StandardCharsets.UTF_8)));
        PipedWriter keyboard = new PipedWriter();
        PipedReader quiet = new PipedReader(keyboard)) {
      assertEquals(3, cli.spanish().typing(quiet).run("session", server.address()));
      assertEquals("[1] > \nbye\\x1b[2J\n[1] > \n", cli.out());
      assertEquals(
          "acopio: el servidor en " + server.address() + " terminó la conexión\n", cli.err());
    }
  }

  @Test
  void aServerThatEndsInTheMiddleIsTold() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying("no room\u001b\n", 0)) {
      assertEquals(3, cli.piped("a\n").run("session", server.address()));
      assertEquals("[1] > no room\\x1b\n", cli.out());
      assertTrue(cli.err().contains("(bytes that came: 9)"), cli.err());
    }
  }

  @Test
  void whatAScreenWouldObeyIsShownEscaped() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying("\u001b]0;x\u0007\u009b1m 3 secs", 0)) {
      cli.piped("a\n").run("session", server.address());
      assertTrue(cli.out().contains("\\x1b]0;x\\x07\\x9b1m 3 secs"), cli.out());
      assertFalse(cli.out().contains("\u001b"), cli.out());
    }
  }

  @Test
  void anEndlessAnswerIsGivenUp() throws Exception {
    byte[] flood = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    try (LoopbackServer server =
        new LoopbackServer(
            (it, in, out) -> {
              in.read(new byte[16]);
              while (true) {
                out.write(flood);
              }
            })) {
      assertEquals(1, cli.piped("a\n").run("session", server.address()));
      assertTrue(cli.err().contains("sent more than it should"), cli.err().substring(0, 100));
      assertTrue(cli.err().length() < 6000);
    }
  }

  @Test
  void aLineLongerThanAMessageIsNotSent() throws Exception {
    try (LoopbackServer server = LoopbackServer.session()) {
      cli.piped("x".repeat(1 << 20) + "\n" + "y".repeat(1024) + "\n");
      assertEquals(1, cli.run("session", server.address()));
      assertTrue(cli.err().contains("it has more than 1024 bytes"), cli.err());
      assertOut("\\[1] > \\[1] > " + ANSWER + "\\[2] > \nConnected in total: \\d+ secs\n");
      assertEquals(List.of("y".repeat(1024), "SALIR"), server.received());
    }
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertEquals(2, cli.run("session", "host:65536"));
    assertTrue(cli.err().contains("'host:65536' is no server"), cli.err());
    assertEquals(2, cli.run("session", "--json"));
  }
}
