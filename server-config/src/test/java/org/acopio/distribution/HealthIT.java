package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /health/ready} of a server that cannot store files says why, to whoever asks. */
class HealthIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;

  /** What is wrong; nothing when the server is ready. */
  private static String reason(ServerProcess server) throws IOException, InterruptedException {
    HttpResponse<String> answer = Person.nobody(server::http).ask("GET", "/health/ready");
    JsonObject check =
        AdminHttp.parsed(answer.body()).getJsonArray("checks").stream()
            .map(one -> one.asJsonObject())
            .filter(one -> one.getString("name").equals("collector"))
            .findFirst()
            .orElseThrow();
    JsonObject data = check.getJsonObject("data");
    String reason = data.getString("reason", "");
    boolean ready = answer.statusCode() == 200;
    assertTrue(ready || answer.statusCode() == 503, answer::toString);
    assertEquals(ready ? "UP" : "DOWN", check.getString("status"), answer::body);
    assertEquals(ready, reason.isEmpty(), answer::body);
    assertTrue(data.containsKey("free") && data.containsKey("reserve"), answer::body);
    return reason;
  }

  private static int live(ServerProcess server) throws IOException, InterruptedException {
    return Person.nobody(server::http).ask("GET", "/health/live").statusCode();
  }

  @Test
  void aStoreOrCatalogThatIsAwayIsNamedAndItsReturnIsSeen() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    try (ServerProcess server =
        ServerProcess.start(
            temp.resolve("data"),
            "-Dacopio.catalog.url=jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
            "-Dacopio.catalog.user=postgres",
            "-Dacopio.catalog.password=postgres")) {
      assertEquals("", reason(server));
      Path store = temp.resolve("data/store");
      Path away = temp.resolve("away");
      Files.move(store, away);
      String storeAway = reason(server);
      assertTrue(storeAway.contains("store"), storeAway);
      Files.move(away, store);
      assertEquals("", reason(server));
      postgres.close();
      Awaitility.await().atMost(PATIENCE).until(() -> !reason(server).isEmpty());
      String catalogAway = reason(server);
      assertTrue(catalogAway.contains("catalog"), catalogAway);
      assertEquals(200, live(server));
    } finally {
      postgres.close();
    }
  }

  @Test
  void aDiskBelowItsReserveIsNamedWithItsSetting() throws Exception {
    long reserve = 1L << 60;
    try (ServerProcess server =
        ServerProcess.start(temp.resolve("data"), "-Dacopio.collect.reserve-bytes=" + reserve)) {
      String full = reason(server);
      assertTrue(full.contains("acopio.collect.reserve-bytes"), full);
      assertTrue(full.contains(Long.toString(reserve)), full);
      assertEquals(200, live(server));
    }
  }
}
