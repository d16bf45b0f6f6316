package org.acopio.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person reads of the settings is what the code does. */
class KeyTableTest {
  private static final Path OPERATIONS = Path.of("../../server-config/docs/operations.md");

  @Test
  void everyKeyStandsInTheDocumentWithItsDefaultUnitAndSentence() throws IOException {
    List<String> documented =
        Files.readAllLines(OPERATIONS).stream()
            .filter(line -> line.startsWith("| `" + Key.PREFIX))
            .toList();
    List<String> known = Arrays.stream(Key.values()).map(KeyTableTest::row).toList();
    assertEquals(known, documented);
  }

  private static String row(Key key) {
    String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
    return "| `"
        + key.key()
        + "` | "
        + fallback
        + " | "
        + key.unit()
        + " | "
        + key.sentence()
        + " |";
  }
}
