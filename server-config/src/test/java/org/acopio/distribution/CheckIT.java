package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person looks whether what was stored is still there, with and without a server. */
class CheckIT {
  @TempDir Path temp;

  @Test
  void damageIsFoundSetAsideAndSentAgain() throws IOException, InterruptedException {
    Path photos = new Media(21).library(temp.resolve("photos"), 40, 3_000_000);
    Path data = temp.resolve("data");
    try (ServerProcess server = ServerProcess.start(data)) {
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
      Checked.assertClean(data);
      assertEquals(143, server.stop());
    }
    Checked clean = Checked.with("--data", data.toString(), "--read-data");
    assertEquals(0, clean.exit(), clean.output()::toString);
    assertEquals(
        "Clean: nothing was found.", clean.output().lines().get(clean.output().lines().size() - 1));

    List<Path> stored = stored(data);
    String flipped = flip(data, stored.get(3));
    String gone = name(data, stored.get(9));
    Files.delete(stored.get(9));
    Checked names = Checked.of(data);
    assertEquals(1, names.exit());
    assertEquals(Set.of("missing " + gone), names.findings());
    Set<String> both = Set.of("damaged " + flipped, "missing " + gone);
    assertEquals(both, Checked.of(data, "--read-data").findings());

    try (ServerProcess server = ServerProcess.start(data)) {
      Checked repaired = Checked.of(data, "--read-data", "--repair");
      assertEquals(1, repaired.exit(), repaired.output()::toString);
      assertEquals(both, repaired.findings());
      try (Stream<Path> aside = Files.walk(data.resolve("store/.quarantine"))) {
        assertEquals(1, aside.filter(Files::isRegularFile).count(), "nothing is deleted");
      }
      AdminHttp admin = new AdminHttp(server);
      JsonObject state = admin.json("/api/check");
      assertEquals(2, state.getInt("damaged"));
      assertFalse(state.getBoolean("running"));

      Collected again = Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
      assertEquals(2, again.count("stored"), "what was lost came again, and nothing else");
      Checked mended = Checked.of(data, "--read-data", "--repair");
      assertEquals(0, mended.exit(), mended.output()::toString);
      Checked.assertClean(data);
      assertEquals(0, admin.json("/api/check").getInt("damaged"));
      server.stop();
    }
  }

  @Test
  void badInputIsRefusedWithARemedy() throws IOException, InterruptedException {
    Checked unknown = Checked.with("--fast");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.output().toString().contains("--read-data"), unknown.output()::toString);
    assertEquals(2, Checked.with("--data").exit());
    Checked nowhere = Checked.with("--data", temp.resolve("nowhere").toString());
    assertEquals(3, nowhere.exit(), nowhere.output()::toString);
    assertFalse(Files.exists(temp.resolve("nowhere")));
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Checked nothing = Checked.with("--data", empty.toString());
    assertEquals(3, nothing.exit(), nothing.output()::toString);
    assertTrue(
        nothing.output().toString().contains("There is no store in"), nothing.output()::toString);
    assertEquals(0, Checked.with("--help").exit());
  }

  @Test
  void catalogThatIsGoneIsNotMadeAnew() throws IOException, InterruptedException {
    Path photos = new Media(22).library(temp.resolve("photos"), 3, 10_000);
    Path data = temp.resolve("data");
    try (ServerProcess server = ServerProcess.start(data)) {
      Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
      server.stop();
    }
    Files.move(data.resolve("catalog"), data.resolve("elsewhere"));
    Checked refused = Checked.with("--data", data.toString(), "--repair");
    assertEquals(3, refused.exit(), refused.output()::toString);
    assertEquals(4, stored(data).size());
    Files.move(data.resolve("elsewhere"), data.resolve("catalog"));
    Checked.assertClean(data);
  }

  private static List<Path> stored(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("store/127.0.0.1"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path data, Path file) {
    return data.resolve("store").relativize(file).toString();
  }

  private static String flip(Path data, Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
    return name(data, file);
  }
}
