package org.acopio.distribution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of the systems that Acopio replaces work against it, unmodified. */
@Timeout(180)
class OldClientsIT {
  private static final String ECHO = "echo";
  private static final String ECHO_QUEUE = "echo-queue";
  private static final String SESSION_THREAD = "session-thread";
  private static final String SESSION_SELECTOR = "session-selector";

  private static final String ANSWER = "\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d \\d+ secs";

  @TempDir static Path temp;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(temp.resolve("data"), "-Dacopio.log.level=debug");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theInteractiveEchoClientGetsEachLineBack() throws IOException, InterruptedException {
    String wide = "¿señal? ".repeat(100) + "€";
    List<String> lines = OldClient.run("echo_client.py", port(ECHO), "hola", wide, "EXIT", "never");
    assertEquals(List.of("> hola", "> " + wide, "> "), lines);
  }

  @Test
  void theCountingEchoClientGetsAllItsBytesBack() throws IOException, InterruptedException {
    List<String> lines = OldClient.run("echo_count_client.py", port(ECHO));
    assertTrue(lines.contains("79 bytes"), lines::toString);
  }

  @Test
  void thePlainEchoClientGetsItsGreetingBack() throws IOException, InterruptedException {
    assertEquals(
        List.of("Received b'Hello, world'"), OldClient.run("echo_plain_client.py", port(ECHO)));
  }

  @Test
  void theLogShowsWhoConnectedWhatWasSaidAndTheEnd() throws IOException, InterruptedException {
    OldClient.run("echo_plain_client.py", port(ECHO));
    Pattern shown =
        Pattern.compile(
            "Recibo conexion de 127\\.0\\.0\\.1:(\\d+)\n"
                + ".*127\\.0\\.0\\.1:\\1: Hello, world\n"
                + ".*Cliente desconectado 127\\.0\\.0\\.1:\\1",
            Pattern.DOTALL);
    Path log = temp.resolve("data").resolve("log").resolve("server.log");
    await().untilAsserted(() -> assertTrue(shown.matcher(Files.readString(log)).find()));
  }

  @ParameterizedTest
  @ValueSource(strings = {SESSION_THREAD, SESSION_SELECTOR})
  void theSessionClientIsToldDayTimeAndHowLong(String endpoint)
      throws IOException, InterruptedException {
    List<String> lines =
        OldClient.run("session_client.py", port(endpoint), "hola", "¿qué tal?", "SALIR");
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.get(0).matches("\\[1] mensaje: " + ANSWER), lines::toString);
    assertTrue(lines.get(1).matches("\\[2] mensaje: " + ANSWER), lines::toString);
    assertTrue(lines.get(2).matches("\\[3] mensaje: \\d+ secs"), lines::toString);
    assertEquals("3 pasos", lines.get(3));
  }

  @Test
  void theSelectClientsGetEachPieceBack() throws IOException, InterruptedException {
    List<String> lines = OldClient.run("select_client.py", port(ECHO_QUEUE));
    for (String piece : List.of("Este mensaje ", "es enviado ", "en partes.")) {
      assertEquals(
          2,
          lines.stream().filter(line -> line.endsWith("recibido '" + piece + "'")).count(),
          lines::toString);
    }
  }

  @Test
  void theAgentsEchoCommandDoesTheSame() throws IOException, InterruptedException {
    assertEquals(
        List.of("> hola", "> ñandú", "> "),
        agent(List.of("hola", "ñandú", "Exit"), "echo", address(ECHO)));
  }

  @ParameterizedTest
  @ValueSource(strings = {SESSION_THREAD, SESSION_SELECTOR})
  void theAgentsSessionCommandDoesTheSame(String endpoint)
      throws IOException, InterruptedException {
    List<String> lines = agent(List.of("hola", "SALIR", "y"), "session", address(endpoint));
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).matches("\\[1] > " + ANSWER), lines::toString);
    assertTrue(
        lines.get(1).matches("\\[2] > Close the session\\? \\[y/n] .*: \\d+ secs"),
        lines::toString);
  }

  private static int port(String endpoint) {
    return server.tcpPorts(endpoint).get(0);
  }

  private static String address(String endpoint) {
    return "127.0.0.1:" + port(endpoint);
  }

  private static List<String> agent(List<String> typed, String... words)
      throws IOException, InterruptedException {
    try (AgentProcess agent = AgentProcess.typing(typed, words)) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
      return agent.output().lines();
    }
  }

  @Test
  void eachPieceGoesBackToItsOwnSender() throws IOException {
    try (Socket one = dial(ECHO_QUEUE);
        Socket other = dial(ECHO_QUEUE)) {
      for (int i = 0; i < 3; i++) {
        send(one, "one " + i);
        send(other, "two " + i);
        assertEquals("two " + i, receive(other, 5));
        assertEquals("one " + i, receive(one, 5));
      }
    }
  }

  /** As nc and telnet send them. */
  @ParameterizedTest
  @CsvSource({
    SESSION_THREAD + ",\\n",
    SESSION_THREAD + ",\\r\\n",
    SESSION_SELECTOR + ",\\n",
    SESSION_SELECTOR + ",\\r\\n"
  })
  void anAnswerEndsAsTheLineThatAPersonSent(String endpoint, String end) throws IOException {
    String lineEnd = end.translateEscapes();
    try (Socket person = dial(endpoint)) {
      send(person, "hola" + lineEnd);
      assertMatches(ANSWER, lineEnd, receiveTo(person, lineEnd));
      send(person, "uno" + lineEnd + "dos" + lineEnd);
      assertMatches(ANSWER, lineEnd, receiveTo(person, lineEnd));
      assertMatches(ANSWER, lineEnd, receiveTo(person, lineEnd));
      send(person, "SALIR" + lineEnd);
      assertMatches("\\d+ secs", lineEnd, receiveTo(person, lineEnd));
      assertEquals(-1, person.getInputStream().read());
    }
  }

  private static void assertMatches(String pattern, String end, String answer) {
    assertTrue(answer.endsWith(end), answer);
    assertTrue(answer.substring(0, answer.length() - end.length()).matches(pattern), answer);
  }

  private static Socket dial(String endpoint) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port(endpoint));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String receive(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** What comes up to and with an end of line, or less when the connection ends. */
  private static String receiveTo(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int c = in.read();
      if (c < 0) {
        break;
      }
      text.append((char) c);
    }
    return text.toString();
  }
}
