package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With {@code thread}, connections cost the system no threads where Java has better ones. */
class VirtualThreadsTest {
  /** JEP 491: from here on a virtual thread that blocks inside a monitor keeps no carrier. */
  private static final int FIRST = 24;

  private static final int CLIENTS = 200;

  @Test
  void connectionsRunOnVirtualThreadsWhereTheJvmHasThem() throws Exception {
    Optional<Path> home = homes().filter(found -> feature(found) >= FIRST).findFirst();
    assumeTrue(home.isPresent(), "no Java " + FIRST + " or newer here: " + homes().toList());
    String[] facts = factsOf(home.get());
    assertEquals("true", facts[0]);
    int threads = Integer.parseInt(facts[1]);
    assertTrue(threads < CLIENTS / 2, threads + " threads for " + CLIENTS + " connections");
  }

  @Test
  void elsewhereEachConnectionHasAPlatformThread() throws Exception {
    assumeTrue(Runtime.version().feature() < FIRST, "this Java has virtual threads");
    String[] facts = factsOf(Path.of(System.getProperty("java.home")));
    assertEquals("false", facts[0]);
    assertTrue(Integer.parseInt(facts[1]) > CLIENTS, facts[1]);
  }

  private static String[] factsOf(Path home) throws Exception {
    try (EchoProcess server =
        EchoProcess.start(List.of(EchoProcess.java(home)), List.of(), Kinds.of("thread"))) {
      int port = server.port();
      List<Socket> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          Socket client = Adapter.connect(port);
          clients.add(client);
          client.getOutputStream().write('e');
          assertEquals('e', client.getInputStream().read());
        }
        clients.get(0).getOutputStream().write(EchoProgram.ASK);
        return new BufferedReader(new InputStreamReader(clients.get(0).getInputStream()))
            .readLine()
            .split(" ");
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }
    }
  }

  /** This Java, those that lie beside it, and those that CI servers name in the environment. */
  private static Stream<Path> homes() {
    Path running = Path.of(System.getProperty("java.home"));
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
            .map(Map.Entry::getValue)
            .map(Path::of);
    return Stream.concat(Stream.of(running), Stream.concat(beside(running).stream(), named))
        .filter(home -> Files.isExecutable(Path.of(EchoProcess.java(home))))
        .distinct();
  }

  private static List<Path> beside(Path running) {
    try (Stream<Path> siblings = Files.list(running.toAbsolutePath().getParent())) {
      return siblings.sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The version that an installation says it has; 0 where it says nothing. */
  private static int feature(Path home) {
    Properties release = new Properties();
    try (var text = Files.newBufferedReader(home.resolve("release"))) {
      release.load(text);
    } catch (IOException unknown) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
    return Integer.parseInt(version.split("[.+-]")[0]);
  }
}
