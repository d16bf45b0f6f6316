package org.acopio.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds that hinders people who use a keyboard, a screen reader, or weak eyes. */
public final class Axe {
  private static final String SCRIPT = script();

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ["violations"]}).then(
        result => done(result.violations
          .filter(v => v.impact === "serious" || v.impact === "critical")
          .flatMap(v => v.nodes.map(n =>
              v.impact + " " + v.id + ": " + n.target.join(" ") + " " + n.html.slice(0, 200)
              + " (" + n.any.concat(n.all, n.none).map(c => c.message).join("; ") + ")"))),
        failure => done(["axe failed: " + failure]));
      """;

  private Axe() {}

  /** The serious and the critical findings on the page that the browser shows. */
  public static List<String> findings(Browser browser) {
    // What moves has other colours half way.
    browser.await(
        "end of animations",
        () ->
            browser.script(
                "return document.getAnimations().every(a => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)"));
    browser.script(SCRIPT);
    List<?> found = (List<?>) Objects.requireNonNull(browser.asyncScript(RUN));
    return found.stream().map(String::valueOf).toList();
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      byte[] bytes =
          Objects.requireNonNull(in, "axe.min.js is not on the class path").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
