package org.acopio.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.acopio.demo.Collection.Arrival;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the demonstration takes from the lines of an agent. */
class CollectionTest {
  private static final String STORED =
      "{\"event\":\"file\",\"path\":\"/home/ana/a.jpg\",\"bytes\":7,\"result\":\"stored\"}";
  private static final String SUMMARY = "{\"event\":\"summary\",\"seconds\":1.5}";

  @Test
  @EnabledOnOs(OS.LINUX)
  void fileWhoseNameIsNoTextCanBeOpened(@TempDir Path folder) throws IOException {
    Path made = Path.of(URI.create(folder.toUri() + "%25ni%F1o%FF.jpg"));
    Files.writeString(made, "words");
    byte[] name = {'/', '%', 'n', 'i', (byte) 0xf1, 'o', (byte) 0xff, '.', 'j', 'p', 'g'};
    byte[] above = folder.toString().getBytes();
    byte[] path = new byte[above.length + name.length];
    System.arraycopy(above, 0, path, 0, above.length);
    System.arraycopy(name, 0, path, above.length, name.length);
    String event =
        "{\"event\":\"file\",\"path\":\"%s/%%ni\ufffdo\ufffd.jpg\",\"pathBytes\":\"%s\",\"bytes\":5,\"result\":\"have\"}"
            .formatted(folder, Base64.getEncoder().encodeToString(path));
    Arrival file = Collection.of(List.of(event, SUMMARY), 0).arrived().get(0);
    assertEquals(made, file.path());
    assertEquals("words", Files.readString(file.path()));
  }

  @Test
  void whatDidNotArriveIsToldWithItsReason() {
    Collection run =
        Collection.of(
            List.of(
                "{\"event\":\"notice\",\"kind\":\"unreadable-directory\",\"problem\":true,\"path\":\"/home/eva\",\"detail\":\"access denied\"}",
                "{\"event\":\"notice\",\"kind\":\"store\",\"problem\":false,\"path\":\"/srv/acopio/store\"}",
                STORED,
                "{\"event\":\"file\",\"path\":\"/home/ana/two\\nlines.jpg\",\"bytes\":9,\"result\":\"refused\",\"reason\":\"too large\"}",
                SUMMARY),
            1);
    assertTrue(run.isPartial());
    assertEquals(List.of(Path.of("/home/ana/a.jpg")), paths(run.arrived()));
    assertEquals(
        List.of(
            "/home/ana/two\ufffdlines.jpg: too large",
            "/home/eva: unreadable-directory (access denied)"),
        run.missing());
  }

  private static List<Path> paths(List<Arrival> files) {
    return files.stream().map(Arrival::path).toList();
  }

  @Test
  void runWithoutASummaryIsToldInTheWordsOfTheAgent() {
    BrokenPromise broken =
        assertThrows(
            BrokenPromise.class,
            () ->
                Collection.of(
                    List.of(
                        STORED,
                        "{\"event\":\"error\",\"code\":\"server-refused\",\"message\":\"The server is full\"}"),
                    4));
    assertEquals(
        "The agent gave no summary (exit code 4): The server is full", broken.getMessage());
  }
}
