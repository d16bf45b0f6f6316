package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration with a folder of one's own, as it is and not as one would make it. */
class DemoIT {
  /** Two of them together are a path that Linux opens no more. */
  private static final Path HALF =
      Path.of("x".repeat(250) + "/").resolve(("y".repeat(250) + "/").repeat(8));

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBeCollectedIsToldAndTheRestIsShown() throws Exception {
    Path own = Files.createDirectory(folder.resolve("my photos"));
    Media media = new Media(14);
    media.jpeg(own.resolve("niño.jpg"), 40_000);
    media.jpeg(Path.of(URI.create(own.toUri() + "ni%F1o.jpg")), 30_000);
    Path far = Files.createDirectories(own.resolve(HALF));
    Path farther = Files.createDirectories(folder.resolve(HALF));
    media.jpeg(farther.resolve("far away.jpg"), 20_000);
    Path moved = Files.move(folder.resolve(HALF.getName(0)), far.resolve(HALF.getName(0)));
    try (DemoProcess demo = DemoProcess.start(folder, "my photos")) {
      demo.awaitLink();
      assertEquals(0, demo.pressEnter(), demo.output()::toString);
      List<String> said = demo.output().lines();
      assertTrue(said.contains("== Using the folder " + own), demo.output()::toString);
      assertTrue(
          said.stream()
              .anyMatch(line -> line.startsWith("2 files, 70,000 bytes, are on the server")),
          demo.output()::toString);
      int missing = said.indexOf("What could not be collected:");
      assertTrue(missing > 0, demo.output()::toString);
      assertTrue(
          said.get(missing + 1).matches("    .*y+: unreadable-.*name too long.*"),
          demo.output()::toString);
    } finally {
      // Otherwise nothing could delete what is in it.
      Files.move(moved, folder.resolve(HALF.getName(0)));
    }
  }

  @Test
  void folderThatIsNotThereIsNamed() throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder, "fotos")) {
      assertEquals(2, demo.awaitEnd(), demo.output()::toString);
      assertTrue(
          demo.output().toString().contains("There is no folder " + folder.resolve("fotos") + "."),
          demo.output()::toString);
    }
  }
}
