package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever cannot be accepted for lack of descriptors waits; nobody else notices. */
class ExhaustedDescriptorsTest {
  /** Java and its libraries have about half of them open. */
  private static final int DESCRIPTORS = 160;

  private static final int CLIENTS = 150;

  /** So many come last, and find descriptors once the others have gone. */
  private static final int LATE = 30;

  private static final Duration LOOKED_AT = Duration.ofMillis(1_500);
  private static final String NO_EPOLL = "-Dio.netty.transport.noNative=true";

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "event-loop without epoll", "worker", "thread"})
  void acceptingPausesAndGoesOnOnceDescriptorsAreFree(String kind) throws Exception {
    try (EchoProcess server = start(kind)) {
      int port = server.port();
      warmUp(port);
      List<Socket> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(Adapter.connect(port));
          clients.get(i).getOutputStream().write(i);
        }
        assertEquals(0, clients.get(0).getInputStream().read());
        server.awaitLine("ACOPIO-SOCKET-011: ");
        echo(clients.get(0));
        assertPauses(server);
        echo(clients.get(0));
        for (Socket served : clients.subList(0, CLIENTS - LATE)) {
          served.close();
        }
        for (int i = CLIENTS - LATE; i < CLIENTS; i++) {
          assertEquals(i, clients.get(i).getInputStream().read());
        }
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }
    }
  }

  /** The shell sets the hard limit too, which Java would otherwise raise the soft one to. */
  private static EchoProcess start(String kind) throws IOException {
    assumeTrue(File.separatorChar == '/', "only where a shell can limit descriptors");
    List<String> limited =
        List.of(
            "/bin/sh",
            "-c",
            "ulimit -n " + DESCRIPTORS + " && exec \"$@\"",
            "sh",
            EchoProcess.java(Path.of(System.getProperty("java.home"))));
    return EchoProcess.start(
        limited,
        kind.contains("without epoll") ? List.of(NO_EPOLL) : List.of(),
        Kinds.of(kind.split(" ")[0], "eventLoops", kind.equals("thread") ? "0" : "2"));
  }

  /** A class that Java needs for the first time has to be read from a file, so a server has run. */
  private static void warmUp(int port) throws IOException {
    try (Socket client = Adapter.connect(port)) {
      echo(client);
      client.shutdownOutput();
      assertEquals(-1, client.getInputStream().read());
    }
  }

  private static void echo(Socket client) throws IOException {
    client.getOutputStream().write('e');
    assertEquals('e', client.getInputStream().read());
  }

  /** Trying again and again would take a whole processor; it takes next to nothing. */
  private static void assertPauses(EchoProcess server) throws InterruptedException {
    Duration before = server.processorTime();
    TimeUnit.MILLISECONDS.sleep(LOOKED_AT.toMillis());
    Duration used = server.processorTime().minus(before);
    assertTrue(used.compareTo(LOOKED_AT.dividedBy(2)) < 0, () -> "processor time " + used);
  }
}
