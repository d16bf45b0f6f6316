package org.acopio.thumbnail;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What asking for a picture or for details came to. */
public sealed interface Outcome {
  /** Why not. */
  record Refused(Reason reason) implements Outcome {
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A picture for the screen.
   *
   * @param bytes of a JPEG or PNG file; not to be changed
   * @param mediaType {@code image/jpeg} or {@code image/png}
   * @param width of what the picture shows, in its own pixels (points for a PDF), upright
   * @param height of the same
   */
  record Picture(byte[] bytes, String mediaType, int width, int height) implements Outcome {
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");

    public Picture {
      Objects.requireNonNull(bytes, "bytes");
      if (!TYPES.contains(mediaType)) {
        throw new IllegalArgumentException("a picture is one of " + TYPES);
      }
    }
  }

  /**
   * What the file says of itself. Texts are plain: at most {@value PlainText#MAX} characters, none
   * of which controls anything. What is no number is left out where a number belongs.
   */
  record Details(Map<Fact, String> facts) implements Outcome {
    public Details {
      Map<Fact, String> plain = new EnumMap<>(Fact.class);
      facts.forEach(
          (fact, said) -> {
            String text = PlainText.of(said);
            if (!text.isEmpty() && (!fact.number() || isNumber(text))) {
              plain.put(fact, text);
            }
          });
      facts = Collections.unmodifiableMap(plain);
    }

    private static boolean isNumber(String text) {
      try {
        return text.length() <= 30 && Math.abs(new BigDecimal(text).scale()) <= 30;
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }
}
