package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code acopio-server check} takes and says. */
class CheckCommandTest {
  @TempDir Path folder;

  @Test
  void everyOptionIsRead() {
    assertEquals(
        new CheckOptions(
            Optional.of("/srv/acopio"), true, true, true, false, Map.of("acopio.bind", "::1")),
        CheckOptions.parse(
            List.of(
                "--data",
                "/srv/acopio",
                "--read-data",
                "--repair",
                "--json",
                "-Dacopio.bind=::1")));
    assertEquals(
        new CheckOptions(Optional.of("x"), false, false, false, true, Map.of()),
        CheckOptions.parse(List.of("--data=x", "--help")));
  }

  @Test
  void wrongWordsAreNamed() {
    for (String word : List.of("--fix", "everything", "-D", "-Dx", "--data=")) {
      UsageException refused =
          assertThrows(UsageException.class, () -> CheckOptions.parse(List.of(word)));
      assertTrue(refused.getMessage().contains("--data"), refused.getMessage());
    }
    assertThrows(UsageException.class, () -> CheckOptions.parse(List.of("--data", "--json")));
  }

  private static String printed(String report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonObject json = Json.createReader(new StringReader(report)).readObject();
    new CheckText(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(json, false);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void cleanStoreIsSaidToBe() {
    String text =
        printed(
            """
            {"rows": 3, "readFiles": 2, "readBytes": 3072, "millis": 1500, "left": 0,
             "unlisted": 0, "kinds": {}, "findings": []}""");
    assertEquals(
        "Compared 3 files of the catalog with the store and read 2 again (3.0 KiB) in 1.5 s."
            + System.lineSeparator()
            + "Clean: nothing was found."
            + System.lineSeparator(),
        text);
  }

  @Test
  void namesCannotSteerTheTerminal() {
    String text =
        printed(
            """
            {"rows": 1, "readFiles": 0, "readBytes": 0, "millis": 1, "left": 1, "unlisted": 0,
             "kinds": {"missing": 1}, "findings": [{"kind": "missing", "file": 7,
             "storedAs": "192.0.2.1/a\\u001b[2J\\u202e.jpg", "detail": "no such file",
             "outcome": "left", "remedy": "look"}]}""");
    assertFalse(text.contains("\u001b"), text);
    assertFalse(text.contains("\u202e"), text);
    assertTrue(text.contains("Found: missing 1. 1 left. 'check --repair'"), text);
  }

  @Test
  void folderIsClaimedByOneAtATime() throws Exception {
    try (DataFolder mine = DataFolder.claim(folder).orElseThrow()) {
      assertEquals(folder, mine.path());
      assertTrue(DataFolder.claim(folder).isEmpty());
    }
    DataFolder.claim(folder).orElseThrow().close();
    assertFalse(Files.exists(folder.resolve("log")), "a check makes nothing");
  }
}
