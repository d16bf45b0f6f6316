package org.acopio.web.console.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.acopio.remote.Refused;
import org.junit.jupiter.api.Test;

/** What the page of clients tells people. */
class ClientsPageTest {
  private static final Path PAGE = Path.of("src/main/webapp/console/clients.xhtml");
  private static final Path SCRIPTS = Path.of("src/main/webapp/resources/acopio");

  @Test
  void everyReasonHasWordsThatSayWhatToDo() throws IOException {
    String page = Files.readString(PAGE);
    Stream<String> refused =
        Arrays.stream(Refused.Reason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    Stream<String> others = Stream.of("changed", "corrupt", "not-sent", "unfinished");
    List<String> reasons = Stream.concat(refused, others).toList();
    assertEquals(12, reasons.size());
    for (String reason : reasons) {
      assertTrue(page.contains("data-reason-" + reason + "="), reason);
    }
  }

  @Test
  void namesFromPcsNeverBecomeMarkup() throws IOException {
    try (Stream<Path> all = Files.list(SCRIPTS)) {
      List<Path> scripts =
          all.filter(path -> path.getFileName().toString().matches("clients.*\\.js")).toList();
      assertEquals(5, scripts.size());
      for (Path script : scripts) {
        String text = Files.readString(script);
        assertFalse(
            text.matches(
                "(?s).*(innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\().*"),
            script::toString);
      }
    }
  }
}
