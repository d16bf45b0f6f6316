package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void whatComesFromOutsideIsText() {
    String page =
        Template.named("note.html")
            .fill(
                Map.of("kind", "\"><script>", "sentence", "<img onerror='x'>&$1"),
                UnaryOperator.identity());
    assertEquals(
        "<p class=\"note &quot;&gt;&lt;script&gt;\" role=\"alert\">"
            + "&lt;img onerror=&#39;x&#39;&gt;&amp;$1</p>",
        page.strip());
  }

  @Test
  void valueThatIsMissingIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Template.named("note.html").fill(Map.of(), UnaryOperator.identity()))
            .getMessage();
    assertTrue(message.contains("kind"), message);
  }

  @Test
  void wordsAreAskedForByTheirKey() {
    String page =
        Template.named("done.html").fill(Map.of("note", "<p>", "base", ""), key -> "<" + key + ">");
    assertTrue(page.contains("&lt;passwordTitle&gt;") && page.contains("<p>"), page);
  }
}
