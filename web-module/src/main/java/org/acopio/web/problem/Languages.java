package org.acopio.web.problem;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages of people, and which of them a program asks for. */
public final class Languages {
  /** The first is for who understands none of them. */
  public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

  private static final int MAX_HEADER = 1_000;

  private Languages() {}

  /**
   * The one that suits best.
   *
   * @param acceptLanguage the header (RFC 9110, 12.5.4), whatever it says
   */
  public static Locale of(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER) {
      return ALL.get(0);
    }
    try {
      Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), ALL);
      return best == null ? ALL.get(0) : best;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // JDK 17 answers to "-" with the latter.
      return ALL.get(0);
    }
  }
}
