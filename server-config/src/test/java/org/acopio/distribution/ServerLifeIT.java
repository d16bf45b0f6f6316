package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Starts and stops of a server on one data folder, one after the other. */
class ServerLifeIT {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int SIGINT = 130;
  private static final int SIGTERM = 143;
  private static final Pattern H2 = Pattern.compile("h2-(\\d+\\.\\d+)\\..*\\.jar");

  private static final Predicate<String> DEPLOYED =
      Pattern.compile("/application(/|$)|/application-ref$").asPredicate();

  @TempDir Path temp;

  @Test
  void stopsCleanlyAndStartsAgainOnTheSameDataEvenAfterACrash()
      throws IOException, InterruptedException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "POSIX signals");
    Path data = temp.resolve("data");
    try (ServerProcess first = ServerProcess.start(data)) {
      assertEquals(SIGTERM, first.stop(), first.output()::toString);
      assertEquals("Acopio stopped", first.output().lastLine());
    }
    try (ServerProcess second = ServerProcess.start(data)) {
      second.kill();
    }
    try (ServerProcess third = ServerProcess.start(data)) {
      assertEquals(1, third.output().lines().size(), third.output()::toString);
      assertEquals(SIGTERM, third.stop(), third.output()::toString);
    }
  }

  @Test
  void ctrlCStopsCleanly() throws IOException, InterruptedException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "POSIX signals");
    try (ServerProcess server = ServerProcess.start(temp.resolve("data"))) {
      assumeFalse(server.ignoresInterrupts(), "started with Ctrl-C switched off, as by nohup");
      assertEquals(SIGINT, server.interrupt(), server.output()::toString);
      assertEquals("Acopio stopped", server.output().lastLine());
    }
  }

  @Test
  void aMisspeltVariableIsNamedAtTheStart() throws IOException, InterruptedException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "env");
    try (ServerProcess server =
        ServerProcess.startBehind(List.of("env", "ACOPIO_RMI_PROT=1"), temp.resolve("data"))) {
      assertTrue(
          server.output().lines().stream()
              .anyMatch(
                  line -> line.contains("ACOPIO_RMI_PROT") && line.contains("ACOPIO_RMI_PORT?")),
          server.output()::toString);
    }
  }

  /** It was free when the server looked, and the container listens seconds later. */
  @Test
  void aPortThatAnotherProgramTakesDuringTheStartIsNamed()
      throws IOException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port = FreePort.any();
    Path data = temp.resolve("late");
    try (ServerProcess server = ServerProcess.launch(data, "-Dacopio.http.port=" + port)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> Files.isDirectory(data.resolve("run/config")));
      try (ServerSocket other = new ServerSocket(port, 1, loopback)) {
        assertEquals(1, server.awaitExit(), server.output()::toString);
        assertEquals(port, other.getLocalPort());
      }
      String said = server.output().lastLine();
      assertTrue(
          said.startsWith("Acopio could not start: Port " + port + " (acopio.http.port) on"), said);
      assertEquals(1, server.output().lines().size(), server.output()::toString);
    }
  }

  /** Whoever waits for the port of RMI need not wait for anything else. */
  @Test
  void agentsAreLetInWhenTheConsoleIsThere() throws IOException, InterruptedException {
    int rmi = FreePort.any();
    int http = FreePort.any();
    long start = System.nanoTime();
    try (ServerProcess server =
        ServerProcess.launch(
            temp.resolve("waited"), "-Dacopio.rmi.port=" + rmi, "-Dacopio.http.port=" + http)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> listens(rmi));
      Duration eighth = Duration.ofNanos(System.nanoTime() - start).dividedBy(8);
      URI status = URI.create("http://127.0.0.1:" + http + "/api/status");
      HttpClient client = HttpClient.newHttpClient();
      // The console alone takes a fifth of a start.
      Awaitility.await()
          .atMost(eighth.compareTo(SECOND) > 0 ? eighth : SECOND)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  client
                          .send(HttpRequest.newBuilder(status).build(), BodyHandlers.discarding())
                          .statusCode()
                      == 200);
      assertTrue(server.isAlive(), server.output()::toString);
    }
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** The container has an older one, which may lose rows when it is killed. */
  @Test
  void theCatalogIsThatOfTheH2WhichComesWithIt() throws IOException, InterruptedException {
    Path data = temp.resolve("catalog");
    try (ServerProcess server = ServerProcess.start(data);
        Stream<Path> libraries =
            Files.list(Distribution.home().resolve("lib/server/apps/acopio/WEB-INF/lib"))) {
      Matcher own =
          libraries
              .map(library -> H2.matcher(library.getFileName().toString()))
              .filter(Matcher::matches)
              .findFirst()
              .orElseThrow();
      String log = Files.readString(server.data().resolve("log/server.log"));
      assertTrue(log.contains("(H2 " + own.group(1) + ")"), log);
    }
  }

  /**
   * What it misses it adds by itself, from several threads at once, and now and then one of them
   * does not find it, and there is no start.
   */
  @Test
  void theContainerMissesNothingInWhatItIsTold() throws Exception {
    Path data = temp.resolve("told");
    try (ServerProcess server = ServerProcess.start(data)) {
      Set<String> told = elements(Distribution.home().resolve("lib/server/config/domain.xml"));
      Set<String> kept = elements(data.resolve("run/config/domain.xml"));
      assertTrue(kept.stream().anyMatch(DEPLOYED), "what was deployed is in what it keeps");
      kept.removeAll(told);
      kept.removeIf(DEPLOYED);
      assertEquals(Set.of(), kept);
      assertEquals(SIGTERM, server.stop());
    }
  }

  /** The elements of a document, each with those that it is in. */
  private static Set<String> elements(Path xml) throws Exception {
    Set<String> elements = new TreeSet<>();
    collect(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getDocumentElement(),
        "",
        elements);
    return elements;
  }

  private static void collect(Element element, String parent, Set<String> elements) {
    String path = parent + "/" + element.getTagName();
    elements.add(path);
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        collect(inner, path, elements);
      }
    }
  }

  @Test
  void worksThroughALinkWithSpacesAndUnderTheCLocale() throws IOException, InterruptedException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "links and locales");
    Path link = temp.resolve("a link");
    Files.createSymbolicLink(link, Distribution.script("acopio-server"));
    Path data = temp.resolve("dátos ñ");
    List<String> words =
        List.of("-Dacopio.http.port=0", "--data", data.toString(), "-Dacopio.rmi.port=0");
    try (ServerProcess server = ServerProcess.run(link, Map.of("LC_ALL", "C"), words)) {
      assertTrue(
          server
              .output()
              .await(line -> line.endsWith(data.toString()), Duration.ofMinutes(2))
              .isPresent(),
          server.output()::toString);
      assertTrue(Files.isDirectory(data));
    }
  }
}
