package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power failures on either side, in the middle of a collection. */
class CrashIT {
  private static final int SMALL = 1_500;
  private static final int LARGE = 150_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path temp;

  @Test
  void aKilledServerLosesNothingAndTheAgentGoesOn() throws IOException, InterruptedException {
    Path photos = new Media(11).library(temp.resolve("photos"), SMALL, LARGE);
    Path data = temp.resolve("data");
    int port = FreePort.any();
    String rmi = "-Dacopio.rmi.port=" + port;
    ServerProcess server = ServerProcess.start(data, rmi);
    try (AgentProcess agent =
        Collected.start(Map.of(), "127.0.0.1:" + port, temp.resolve("journal"), photos)) {
      for (long receipts : new long[] {100, 700}) {
        StoredFiles.await(data.resolve("store"), receipts);
        server.kill();
        server = ServerProcess.start(data, rmi);
        Checked.assertClean(data);
      }
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
      Collected run = Collected.from(agent);
      run.allArrived(photos, data.resolve("store"));
      assertEquals(SMALL + 1, run.events("file").size(), "one result for each file");
      assertWorkingAreaEmpty(data);
      assertEquals(143, server.stop());
      Checked.assertClean(data);
    } finally {
      server.close();
    }
  }

  @Test
  void aKilledAgentGoesOnWhereItWas() throws IOException, InterruptedException {
    Path photos = new Media(12).library(temp.resolve("photos"), SMALL, LARGE);
    Path data = temp.resolve("data");
    try (ServerProcess server = ServerProcess.start(data)) {
      for (long receipts : new long[] {100, 800}) {
        try (AgentProcess agent =
            Collected.start(Map.of(), server.rmiAddress(), temp.resolve("journal"), photos)) {
          StoredFiles.await(data.resolve("store"), receipts);
          agent.kill();
        }
      }
      Collected last = Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
      last.allArrived(photos, data.resolve("store"));
      assertTrue(
          last.count("sentBytes") < last.count("bytes"), "what had arrived was not sent again");
      assertWorkingAreaEmpty(data);
      Checked.assertClean(data);
    }
  }

  /** Over a line that gives time to kill the agent inside the file. */
  @Test
  void anAgentThatIsKilledInsideAFileGoesOnInsideIt() throws Exception {
    Path photos = new Media(13).library(temp.resolve("photos"), 0, LARGE);
    Path data = temp.resolve("data");
    try (ServerProcess server = ServerProcess.start(data)) {
      AdminHttp admin = new AdminHttp(server);
      try (UnsteadyLine line =
              UnsteadyLine.to(server.rmiPort(), Duration.ZERO, LARGE / 10, Duration.ofHours(1));
          AgentProcess agent =
              Collected.start(Map.of(), line.address(), temp.resolve("journal"), photos)) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> collection(admin).getInt("receivedBytes", 0) > LARGE / 5);
        agent.kill();
        // What was on its way still arrives.
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> collection(admin).getInt("idleSeconds", 0) > 1);
      }
      int missing = collection(admin).getInt("missingBytes");
      assertTrue(0 < missing && missing <= LARGE * 4L / 5, missing + " bytes are missing");
      Collected last = Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
      assertEquals(missing, last.count("sentBytes"), "what had arrived was not sent again");
      last.allArrived(photos, data.resolve("store"));
    }
  }

  /** The only collection; nothing is known before there is one. */
  private static JsonObject collection(AdminHttp admin) throws IOException, InterruptedException {
    JsonArray all = admin.json("/api/transfers").getJsonArray("collections");
    return all.isEmpty() ? JsonValue.EMPTY_JSON_OBJECT : all.getJsonObject(0);
  }

  private static void assertWorkingAreaEmpty(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("store/.partial"))) {
      assertEquals(
          java.util.List.of("journal"), files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
