package org.acopio.browser;

import java.util.List;
import java.util.Map;

/**
 * How a person's browser is.
 *
 * @param languages its languages, best first, as {@code Accept-Language} has them
 * @param dark whether its system is dark
 * @param width of the window, in CSS pixels
 * @param height of the window, in CSS pixels
 */
public record Look(String languages, boolean dark, int width, int height) {
  public static final Look DESKTOP = new Look("en-US,en", false, 1280, 800);

  /** A small phone; narrower ones are hardly sold any more. */
  public Look phone() {
    return new Look(languages, dark, 360, 740);
  }

  public Look inSpanish() {
    return new Look("es-ES,es", dark, width, height);
  }

  public Look inTheDark() {
    return new Look(languages, true, width, height);
  }

  Map<String, Object> media() {
    return Map.of(
        "features",
        List.of(
            Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
            Map.of("name", "prefers-reduced-motion", "value", "reduce")));
  }

  Map<String, Object> metrics() {
    return Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500);
  }
}
