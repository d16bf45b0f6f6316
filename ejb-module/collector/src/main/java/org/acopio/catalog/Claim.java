package org.acopio.catalog;

import java.util.Locale;

/**
 * What a collection's agent said it has, against what files of the store prove, when the collection
 * ended. One path counts twice when it was offered with two contents that are both stored.
 *
 * @param ending how it ended
 * @param proven what was offered and is proven by a file
 * @param unproven what was offered last and is not
 */
public record Claim(Ending ending, Totals proven, Totals unproven) {
  /** Everything that was said. */
  public Totals said() {
    return new Totals(
        proven.files() + unproven.files(), Math.addExact(proven.bytes(), unproven.bytes()));
  }

  /** How a collection ended. */
  public enum Ending {
    /** The agent closed it. */
    CLOSED,
    /** The agent did not use it for too long; it may have gone on in a later one. */
    EXPIRED,
    /** The server stopped. */
    STOPPED;

    /** The name for programs. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Ending of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
