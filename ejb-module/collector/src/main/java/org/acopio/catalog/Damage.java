package org.acopio.catalog;

import java.time.Instant;

/**
 * What is wrong with the bytes of a file.
 *
 * @param file its number
 * @param kind one word, at most {@value #MAX_KIND} characters
 * @param detail for people, in English; what is longer than {@value #MAX_DETAIL} characters is cut
 * @param foundAt when
 */
public record Damage(long file, String kind, String detail, Instant foundAt) {
  static final int MAX_KIND = 16;
  static final int MAX_DETAIL = 2_000;

  public Damage {
    DisplayText.requireExact("kind", kind, MAX_KIND);
    detail = DisplayText.clean(detail, MAX_DETAIL);
  }
}
