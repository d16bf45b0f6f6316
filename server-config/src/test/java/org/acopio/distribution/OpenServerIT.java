package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that is open to the network offers to another computer, and what it does not. */
class OpenServerIT {
  private static final Pattern CODE = Pattern.compile("(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}");

  /** "ACOPIO", versions 1 to 1. */
  private static final String GREETING = "41434f50494f0101";

  /** "JRMI", version 2, stream protocol; RMI answers with N. */
  private static final String JRMI = "4a524d4900024b";

  @TempDir static Path temp;
  private static OtherComputer far;
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    far = OtherComputer.open();
    server =
        ServerProcess.start(temp.resolve("data"), "--bind", "0.0.0.0", "-Dacopio.https.port=0");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (far != null) {
      far.close();
    }
  }

  private static String authority() {
    return temp.resolve("data/identity/authority.pem").toString();
  }

  private static int httpsPort() {
    return server.tcpPorts("https").get(0);
  }

  private static String password() {
    return AdminHttp.firstPassword(server);
  }

  private static String basic() {
    String pair = "admin:" + password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String url(boolean secure, String path) {
    return (secure ? "https://" : "http://")
        + far.here()
        + ":"
        + (secure ? httpsPort() : server.httpPort())
        + path;
  }

  /** The status, then the headers that matter, the protocol of TLS and the body. */
  private static List<String> ask(
      boolean secure, String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    String[] words = new String[5 + headers.length];
    List<String> fixed = List.of("http", authority(), method, url(secure, path), body);
    fixed.toArray(words);
    System.arraycopy(headers, 0, words, 5, headers.length);
    return far.client(words);
  }

  // -------------------------------------------------------------------- ports

  @Test
  void exactlyTheAnnouncedPortsAreOpenFromOutside() throws IOException, InterruptedException {
    TreeSet<Integer> open =
        far.client("ports", far.here()).stream()
            .map(Integer::valueOf)
            .filter(OpenServerIT::isOurs)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(server.allPorts()), open);
  }

  /** Another program of this machine may listen on all its addresses too. */
  private static boolean isOurs(int port) {
    try {
      return ListeningSockets.of(server.pid()).stream()
          .anyMatch(address -> address.getPort() == port);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theServerListensNowhereElse() throws IOException {
    assertEquals(
        new TreeSet<>(server.allPorts()),
        ListeningSockets.of(server.pid()).stream()
            .map(InetSocketAddress::getPort)
            .collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(List.of(), ListeningSockets.datagrams(server.pid()));
  }

  // ------------------------------------------------------------------ console

  @ParameterizedTest
  @ValueSource(strings = {"/console/overview", "/login", "/api/overview?x=1", "/content/1"})
  void inClearWhoReadsIsSentToHttps(String path) throws IOException, InterruptedException {
    List<String> answer = ask(false, "GET", path, "", "Authorization", "Basic d3Jvbmc6d3Jvbmc=");
    assertEquals("307", answer.get(0), answer::toString);
    assertEquals("Location: " + url(true, path), answer.get(1), answer::toString);
  }

  @ParameterizedTest
  @CsvSource({"POST, /login", "POST, /api/users", "DELETE, /api/sessions", "POST, /%6Cogin"})
  void inClearNobodyChangesAnything(String method, String path)
      throws IOException, InterruptedException {
    String body = method.equals("POST") ? "name=admin&password=" + password() : "";
    List<String> answer = ask(false, method, path, body, "Authorization", basic());
    assertEquals("403", answer.get(0), answer::toString);
    assertTrue(answer.get(answer.size() - 1).contains("https://"), answer::toString);
    assertFalse(answer.toString().contains("Set-Cookie"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/status", "/api/parity/7", "/health/ready", "/metrics"})
  void whatNeedsNoLoginIsAnsweredInClear(String path) throws IOException, InterruptedException {
    assertEquals("200", ask(false, "GET", path, "").get(0));
  }

  @Test
  void xmlRpcIsAnsweredInClear() throws IOException, InterruptedException {
    String call =
        "<methodCall><methodName>is_even</methodName><params><param><value><int>7</int></value>"
            + "</param></params></methodCall>";
    List<String> answer = ask(false, "POST", "/RPC2", call, "Content-Type", "text/xml");
    assertEquals("200", answer.get(0), answer::toString);
    assertTrue(answer.toString().contains("<string>Impar</string>"), answer::toString);
  }

  @Test
  void withHttpsTheConsoleIsThereAndItsCookieStaysThere() throws IOException, InterruptedException {
    List<String> page = ask(true, "GET", "/console/overview", "");
    assertEquals("303", page.get(0), page::toString);
    List<String> login =
        ask(
            true,
            "POST",
            "/login",
            "name=admin&password=" + password(),
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertEquals("303", login.get(0), login::toString);
    String cookie =
        login.stream().filter(line -> line.startsWith("Set-Cookie: ")).findFirst().orElseThrow();
    assertTrue(cookie.contains("; Secure"), cookie);
    assertTrue(cookie.contains("; HttpOnly"), cookie);
    assertTrue(login.contains("TLSv1.3"), login::toString);
    assertFalse(login.toString().contains("Strict-Transport"), login::toString);
  }

  @Test
  void withHttpsProgramsAreServed() throws IOException, InterruptedException {
    List<String> answer = ask(true, "GET", "/api/overview", "", "Authorization", basic());
    assertEquals("200", answer.get(0), answer::toString);
  }

  @Test
  void theStartTellsWhatItMeansToBeOpen() {
    String said = server.output().toString();
    assertTrue(said.contains("Listening on 0.0.0.0, not only for this computer"), said);
    assertTrue(
        said.contains(
            "Agents on other computers have to be enrolled ('acopio-server admin enrol-code') and"
                + " talk TLS."),
        said);
    assertTrue(
        said.contains(
            "Plain by nature, and open to everyone who reaches this address: echo, the session"
                + " protocol, XML-RPC."),
        said);
  }

  @Test
  void theStartTellsTheFingerprintOfTheCertificate() {
    assertTrue(
        server
            .output()
            .toString()
            .matches(
                "(?s).*https on port "
                    + httpsPort()
                    + "; .* is ([0-9A-F]{2}:){31}[0-9A-F]{2}\\..*"),
        server.output()::toString);
  }

  // ------------------------------------------------------------------- ingest

  @Test
  void ingestTellsNothingInClear() throws IOException, InterruptedException {
    List<String> answer = far.client("plain", far.here(), ingestPort(), GREETING);
    assertFalse(answer.toString().contains("ACOPIO"), answer::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void ingestTellsNothingToWhoShowsNoCertificate(String protocol)
      throws IOException, InterruptedException {
    List<String> answer =
        far.client("tls", authority(), protocol, far.here(), ingestPort(), GREETING);
    assertFalse(answer.toString().contains("ACOPIO"), answer::toString);
  }

  // ---------------------------------------------------------------------- RMI

  @Test
  void rmiTellsNothingInClear() throws IOException, InterruptedException {
    assertUnheard(far.client("plain", far.here(), rmiPort(), JRMI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void rmiTellsNothingToWhoShowsNoCertificate(String protocol)
      throws IOException, InterruptedException {
    assertUnheard(far.client("tls", authority(), protocol, far.here(), rmiPort(), JRMI));
  }

  @Test
  void enrolledPcCallsWithTls13OnlyAndChangesNothingInTheRegistry(@TempDir Path journal)
      throws Exception {
    String identity = enrolled(journal).toString();
    List<String> answer = far.client("rmi", identity, "TLSv1.3", far.here(), rmiPort(), JRMI);
    assertTrue(answer.get(0).startsWith("answer N"), answer::toString);
    assertUnheard(far.client("rmi", identity, "TLSv1.2", far.here(), rmiPort(), JRMI));
    assertEquals(
        List.of(
            "bind java.rmi.AccessException",
            "rebind java.rmi.AccessException",
            "unbind java.rmi.AccessException",
            "lists 2"),
        far.client("registry", identity, far.here(), rmiPort()));
  }

  private static void assertUnheard(List<String> answer) {
    assertFalse(answer.toString().contains("answer N"), answer::toString);
  }

  private static Path enrolled(Path journal) throws Exception {
    Matcher code = CODE.matcher(server.output().toString());
    assertTrue(code.find(), server.output()::toString);
    try (AgentProcess agent =
        far.agent(
            "enrol",
            code.group(),
            "--server",
            far.here() + ":" + rmiPort(),
            "--journal",
            journal.toString())) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
    }
    try (Stream<Path> folders = Files.list(journal.resolve("identity"))) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static String rmiPort() {
    return Integer.toString(server.rmiPort());
  }

  private static String ingestPort() {
    return server.tcpPorts("ingest").get(0).toString();
  }
}
