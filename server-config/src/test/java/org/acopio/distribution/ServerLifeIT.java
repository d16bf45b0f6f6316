package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops of a server on one data folder, one after the other. */
class ServerLifeIT {
  private static final int SIGTERM = 143;
  private static final Pattern H2 = Pattern.compile("h2-(\\d+\\.\\d+)\\..*\\.jar");

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

  /** It was free when the server looked, and the container listens seconds later. */
  @Test
  void aPortThatAnotherProgramTakesDuringTheStartIsNamed()
      throws IOException, InterruptedException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
      port = free.getLocalPort();
    }
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
