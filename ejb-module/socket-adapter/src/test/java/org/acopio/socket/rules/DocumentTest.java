package org.acopio.socket.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.acopio.socket.CloseReason;
import org.acopio.socket.adapter.TcpActivationSpec;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.Property;
import org.junit.jupiter.api.Test;

/** The adapter's document says what the adapter does. */
class DocumentTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:`([^`]*)`)? ?\\| ([^|]*)\\| ([^|]+) \\|$");

  private static String document() throws IOException {
    return Files.readString(Path.of("../../server-config/docs/socket-adapter.md"));
  }

  @Test
  void theTableHasEveryPropertyWithItsDefault() throws IOException {
    Map<String, String> documented = new LinkedHashMap<>();
    Matcher row = ROW.matcher(document());
    while (row.find()) {
      documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      assertFalse(row.group(4).isBlank(), row.group(1));
    }
    Map<String, String> real = new LinkedHashMap<>();
    for (Property property : Property.values()) {
      real.put(property.key(), property.defaultValue());
    }
    assertEquals(real, documented);
    assertEquals(real.get("ports"), new TcpActivationSpec().getPorts());
  }

  @Test
  void everyFailureHasItsRemedy() throws IOException {
    List<String> documented =
        Pattern.compile("(?m)^\\| `(ACOPIO-SOCKET-\\d{3})` \\| .+ \\|$")
            .matcher(document())
            .results()
            .map(result -> result.group(1))
            .toList();
    assertEquals(Arrays.stream(Failure.values()).map(Failure::code).toList(), documented);
  }

  @Test
  void everyReasonIsExplained() throws IOException {
    List<String> documented =
        Pattern.compile("`([A-Z_]+)`(?=[^|\\n]*\\|[^|\\n]+\\|$)", Pattern.MULTILINE)
            .matcher(document())
            .results()
            .map(MatchResult::group)
            .map(word -> word.replace("`", ""))
            .toList();
    assertEquals(Arrays.stream(CloseReason.values()).map(Enum::name).toList(), documented);
  }
}
