package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.registry.LocateRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.acopio.remote.ParityService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that may open 256 files and sockets, which are used up for a while. */
class FewDescriptorsIT {
  private static final int FEW = 256;
  private static final int SILENT_OF_A_KIND = 60;
  private static final Duration WATCHED = Duration.ofSeconds(3);
  private static final Duration LITTLE_WORK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;

  @Test
  void whereDescriptorsAreUsedUpTheServerWaitsAndGoesOn() throws Exception {
    Root.needed(
        ProcessFigures.areKnown() && limits(),
        "no prlimit (util-linux) here: descriptors were not used up");
    Path photos = new Media(61).library(temp.resolve("photos"), 150, 6_000_000);
    try (ServerProcess server =
        ServerProcess.startBehind(
            List.of("prlimit", "--nofile=" + FEW + ":" + FEW),
            temp.resolve("data"),
            "-Dacopio.rmi.first-byte=PT0S",
            "-Dacopio.ingest.first-byte=PT0S")) {
      everybodyIsServed(server);
      List<SocketChannel> silent = new ArrayList<>();
      try (TcpClient echo = TcpClient.to(server.tcpPorts("echo").get(0));
          TcpClient session = TcpClient.to(server.tcpPorts("session-thread").get(0))) {
        answers(echo, session);
        useUp(server, silent);
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> ProcessFigures.of(server.pid()).descriptors() >= FEW - 2);
        answers(echo, session);
        awaitQuiet(server);
        answers(echo, session);
        try (AgentProcess agent =
            Collected.start(Map.of(), server.rmiAddress(), temp.resolve("journal"), photos)) {
          assertTrue(
              agent
                  .output()
                  .await(line -> line.contains("\"event\":\"found\""), PATIENCE)
                  .isPresent(),
              agent.output()::toString);
          assertFalse(Files.exists(server.data().resolve("store/127.0.0.1")));
          close(silent);
          agent.awaitExit();
        }
        answers(echo, session);
      } finally {
        close(silent);
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> everybodyIsServed(server));
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos)
          .allArrived(photos, temp.resolve("data/store"));
      assertEquals(143, server.stop());
    }
    Checked.assertClean(temp.resolve("data"));
  }

  private static void close(List<SocketChannel> silent) throws IOException {
    for (SocketChannel each : silent) {
      each.close();
    }
  }

  /** Whether there is a command that limits what a process may use. */
  private static boolean limits() throws InterruptedException {
    try {
      return new ProcessBuilder("prlimit", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /**
   * Connects to every kind of port in turns, more often than the server can accept; not to that of
   * HTTP, which closes who says nothing, and is {@code SlowHttpIT}'s.
   */
  private static void useUp(ServerProcess server, List<SocketChannel> silent) throws IOException {
    for (int i = 0; i < SILENT_OF_A_KIND; i++) {
      for (int port : server.allPorts()) {
        if (port != server.httpPort()) {
          silent.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)));
        }
      }
    }
  }

  private static void answers(TcpClient echo, TcpClient session) throws IOException {
    assertArrayEquals(new byte[] {'h', 'i'}, echo.send("hi").read(2));
    assertTrue(session.send("hola\n").textUpTo("\n").endsWith(" secs\n"));
  }

  /**
   * Trying again and again to accept what cannot be accepted would take the whole time; a server
   * that has just started compiles for a while.
   */
  private static void awaitQuiet(ServerProcess server) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              Duration before = worked(server);
              TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
              return worked(server).minus(before).compareTo(LITTLE_WORK) < 0;
            });
  }

  private static Duration worked(ServerProcess server) {
    return ProcessHandle.of(server.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private static void everybodyIsServed(ServerProcess server) throws Exception {
    for (String kind : List.of("echo", "echo-queue", "session-thread", "session-selector")) {
      for (int port : server.tcpPorts(kind)) {
        try (TcpClient client = TcpClient.to(port)) {
          assertTrue(client.send("hola\n").textUpTo("\n").length() > 1);
        }
      }
    }
    try (TcpClient client = TcpClient.to(server.tcpPorts("ingest").get(0))) {
      assertEquals('A', client.send("ACOPIO\u0001\u0001").read(12)[0]);
    }
    assertTrue(
        ((ParityService)
                LocateRegistry.getRegistry("127.0.0.1", server.rmiPort())
                    .lookup(ParityService.NAME))
            .isEven(4));
    assertEquals(200, new AdminHttp(server).get("/api/overview").statusCode());
    try (AgentProcess status = AgentProcess.start("status", "--server", server.rmiAddress())) {
      assertEquals(0, status.awaitExit(), status.output()::toString);
    }
  }
}
