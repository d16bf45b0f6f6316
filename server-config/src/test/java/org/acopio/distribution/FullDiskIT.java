package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a small disk of its own, which fills up and is mounted read-only. Needs root. */
class FullDiskIT {
  @TempDir Path temp;
  private Path disk;
  private boolean mounted;
  private boolean readOnly;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString());
    Root.needed(mounted, "this user may not mount a disk, so no disk can be filled");
  }

  @AfterEach
  void unmount() throws Exception {
    if (readOnly) {
      run("umount", disk.toString());
    }
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  private ServerProcess serve(String... words) throws Exception {
    String[] all =
        Stream.concat(
                Stream.of(
                    "-Dacopio.store.folder=" + disk.resolve("store"),
                    "-Dacopio.collect.reserve-bytes=1048576"),
                Stream.of(words))
            .toArray(String[]::new);
    return ServerProcess.start(temp.resolve("data"), all);
  }

  private void fill(Path ballast) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e::toString);
    }
  }

  private static List<String> problems(AdminHttp admin) throws Exception {
    return admin
        .json("/api/overview")
        .getJsonArray("problems")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(problem -> problem.getString("code"))
        .toList();
  }

  private static void awaitProblem(AdminHttp admin, String code, boolean there) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> problems(admin).contains(code) == there);
  }

  /** Console, health and the session protocol go on as if nothing were. */
  private static void assertServes(ServerProcess server, AdminHttp admin) throws Exception {
    assertEquals(200, admin.get("/api/status").statusCode());
    assertEquals(200, admin.get("/api/sessions").statusCode());
    assertEquals(503, admin.get("/health/ready").statusCode());
    assertEquals(200, admin.get("/health/live").statusCode());
    try (AgentProcess session =
        AgentProcess.typing(
            List.of("DIA"), "session", "127.0.0.1:" + server.tcpPorts("session-thread").get(0))) {
      session.awaitExit();
      assertTrue(!session.output().lines().isEmpty(), "a session is answered");
    }
  }

  @Test
  void fullDiskCostsNothingAndIsOverByItself() throws Exception {
    Path photos = new Media(31).library(temp.resolve("photos"), 120, 12_000_000);
    try (ServerProcess server = serve()) {
      AdminHttp admin = new AdminHttp(server);
      Path ballast = disk.resolve("ballast");
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), temp.resolve("journal"), photos)) {
        fill(ballast);
        awaitProblem(admin, "store-full", true);
        assertServes(server, admin);
        assertTrue(agent.awaitExit() != 0, "what was not stored is not said to be");
        for (JsonObject file : Collected.from(agent).events("file")) {
          if (file.containsKey("storedAs")) {
            assertTrue(
                Files.exists(disk.resolve("store").resolve(file.getString("storedAs"))),
                file::toString);
          }
        }
      }
      Checked.assertClean(temp.resolve("data"), "-Dacopio.store.folder=" + disk.resolve("store"));
      Files.delete(ballast);
      awaitProblem(admin, "store-full", false);
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos)
          .allArrived(photos, disk.resolve("store"));
      Checked.assertClean(temp.resolve("data"));
      assertEquals(143, server.stop());
    }
  }

  /**
   * The system lets no disk be mounted read-only while files are open for writing; a read-only
   * mount laid over it refuses whatever is opened, made or linked from then on.
   */
  @Test
  void readOnlyDiskCostsNothingAndIsOverByItself() throws Exception {
    Path photos = new Media(32).library(temp.resolve("photos"), 60, 4_000_000);
    try (ServerProcess server = serve()) {
      AdminHttp admin = new AdminHttp(server);
      readOnly =
          run("mount", "--bind", disk.toString(), disk.toString())
              && run("mount", "-o", "remount,bind,ro", disk.toString());
      Root.needed(readOnly, "this user may not mount a disk read-only");
      awaitProblem(admin, "store-read-only", true);
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), temp.resolve("journal"), photos)) {
        assertServes(server, admin);
        run("umount", disk.toString());
        readOnly = false;
        agent.awaitExit();
      }
      awaitProblem(admin, "store-read-only", false);
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos)
          .allArrived(photos, disk.resolve("store"));
      Checked.assertClean(temp.resolve("data"));
      assertEquals(143, server.stop());
    }
  }
}
