package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that listen on the loopback address. */
@Timeout(60)
class EchoCommandTest {
  private final Cli cli = new Cli();

  @Test
  void eachLineComesBackInHoweverManyPieces() throws Exception {
    try (LoopbackServer server = LoopbackServer.echo(19)) {
      String line = "Este mensaje es más largo que una lectura: ñandú 📷";
      cli.piped(line + "\nhola\r\nexit\nnever\n");
      assertEquals(0, cli.run("echo", server.address()));
      assertEquals("> " + line + "\n> hola\n> ", cli.out());
      assertEquals("", cli.err());
      server.awaitEnd();
      assertEquals(line + "holaexit", server.receivedText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "EXIT", "Exit", "eXiT"})
  void exitInAnyLetterCaseIsSentAndEndsIt(String word) throws Exception {
    try (LoopbackServer server = LoopbackServer.echo(1024)) {
      assertEquals(0, cli.piped(word + "\nmore\n").run("echo", server.address()));
      server.awaitEnd();
      assertEquals(List.of(word), server.received());
    }
  }

  @Test
  void endOfInputEndsItAndEmptyLinesAreNotSent() throws Exception {
    try (LoopbackServer server = LoopbackServer.echo(1024)) {
      assertEquals(0, cli.piped("\n\nlast").run("echo", server.address()));
      assertEquals("> > > last\n> \n", cli.out());
      server.awaitEnd();
      assertEquals(List.of("last"), server.received());
    }
  }

  @Test
  void lineOfAMebibyteComesBackAndALongerOneIsNotSent() throws Exception {
    try (LoopbackServer server = LoopbackServer.echo(1 << 16)) {
      String most = "x".repeat(1 << 20);
      assertEquals(0, cli.piped(most + "\nexit\n").run("echo", server.address()));
      assertEquals("> " + most + "\n> ", cli.out());
      assertEquals(1, cli.piped(most + "x\nhi\nexit\n").run("echo", server.address()));
      assertEquals("> > hi\n> ", cli.out());
      assertEquals(
          "acopio: the line was not sent: it has more than 1048576 bytes; write a shorter one\n",
          cli.err());
      String wide = "ñ".repeat((1 << 19) + 1);
      assertEquals(1, cli.piped(wide).run("echo", server.address()));
    }
  }

  @Test
  void anEchoThatDiffersIsToldWithWhereAndWhatEscaped() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying("ab\u001b[31mX", 0)) {
      assertEquals(1, cli.spanish().piped("abc\n").run("echo", server.address()));
      assertTrue(cli.err().contains(server.address() + " no devolvió lo que"), cli.err());
      assertTrue(cli.err().contains("tras 2 bytes llegó: \\x1b"), cli.err());
      assertFalse(cli.err().contains("\u001b"), cli.err());
    }
  }

  @Test
  void moreThanWasSentIsTold() throws Exception {
    byte[] more = "abcdef".getBytes(StandardCharsets.US_ASCII);
    try (LoopbackServer server =
        new LoopbackServer(
            (it, in, out) -> {
              in.read(new byte[16]);
              out.write(more);
            })) {
      assertEquals(1, cli.piped("abc\n").run("echo", server.address()));
      assertEquals(
          "acopio: the server at "
              + server.address()
              + " sent more than it should; after 3 bytes came: def\n",
          cli.err());
    }
  }

  @Test
  void moreThanWasSentIsToldAlsoWhenItComesLater() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                (it, in, out) -> {
                  out.write('!');
                  it.awaitClose();
                });
        PipedWriter keyboard = new PipedWriter();
        PipedReader quiet = new PipedReader(keyboard)) {
      assertEquals(1, cli.typing(quiet).run("echo", server.address()));
      assertTrue(cli.err().endsWith("after 0 bytes came: !\n"), cli.err());
    }
  }

  @Test
  void aServerThatEndsInTheMiddleIsTold() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying("ab", 0)) {
      assertEquals(3, cli.piped("abc\n").run("echo", server.address()));
      assertEquals(
          "acopio: the server at "
              + server.address()
              + " ended the connection before its answer was complete (bytes that came: 2)\n",
          cli.err());
    }
  }

  @Test
  void aSlowServerIsWaitedForUntilTheDeadlineOfTheWholeEcho() throws Exception {
    try (LoopbackServer server = LoopbackServer.saying("abcdef", 1000)) {
      assertEquals(0, cli.piped("ab\n").run("echo", server.address(), "--timeout", "20"));
    }
    try (LoopbackServer server = LoopbackServer.hangingAfter("ab")) {
      assertEquals(3, cli.piped("abcdef\n").run("echo", server.address(), "--timeout", "1"));
      assertEquals(
          "acopio: the answer of the server at "
              + server.address()
              + " was not complete after 1 s (bytes that came: 2); give it more time with"
              + " --timeout\n",
          cli.err());
    }
  }

  @Test
  void aServerThatGoesWhileThePersonThinksIsToldAtOnce() throws Exception {
    try (LoopbackServer server = new LoopbackServer((it, in, out) -> {});
        PipedWriter keyboard = new PipedWriter();
        PipedReader quiet = new PipedReader(keyboard)) {
      assertEquals(3, cli.typing(quiet).run("echo", server.address()));
      assertEquals("> \n", cli.out());
      assertEquals(
          "acopio: the server at " + server.address() + " ended the connection\n", cli.err());
    }
  }

  @Test
  void aServerThatNeverReadsDoesNotHoldThePerson() throws Exception {
    try (LoopbackServer server = new LoopbackServer((it, in, out) -> it.awaitClose())) {
      cli.piped("x".repeat(1 << 20));
      assertEquals(3, cli.run("echo", server.address(), "--timeout", "1"));
      assertTrue(cli.err().contains("after 1 s (bytes that came: 0)"), cli.err());
    }
  }

  @Test
  void nobodyThereIsUnreachableInBothLanguages() throws Exception {
    int port = freePort();
    assertEquals(3, cli.run("echo", "127.0.0.1:" + port));
    assertEquals(
        "acopio: no server answers at 127.0.0.1:" + port + "; check the address and that it runs\n",
        cli.err());
    assertEquals("", cli.out());
    assertEquals(3, cli.spanish().run("echo", "127.0.0.1:" + port));
    assertTrue(cli.err().contains("ningún servidor responde en 127.0.0.1:" + port), cli.err());
    assertEquals(3, new Cli().run("echo", "no-such-host.invalid"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertEquals(2, cli.run("echo", "host:0"));
    assertTrue(cli.err().contains("'host:0' is no server"), cli.err());
    assertEquals(2, cli.run("echo", "a", "b"));
    assertTrue(cli.err().contains("'b' is no argument of this command."), cli.err());
    assertEquals(2, cli.run("echo", "--timeout", "0"));
    assertTrue(cli.err().contains("--timeout is '0'"), cli.err());
    assertEquals(2, cli.run("echo", "--yes"));
  }

  @Test
  void ipv6AddressesStandInBrackets() throws Exception {
    int port = freePort();
    assertEquals(3, cli.run("echo", "[::1]:" + port));
    assertTrue(cli.err().contains(" [::1]:" + port), cli.err());
  }
}
